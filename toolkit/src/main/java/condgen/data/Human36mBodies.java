package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bodies of SMPL that were fitted to the pictures of Human3.6M, as ROMP published them: {@code
 * annots.npz}, a dictionary of pictures, and lists of the pictures' names.
 */
public final class Human36mBodies {

  /**
   * The fits of one picture.
   *
   * @param poses rotations as axis times angle, one array per fit
   * @param betas shape coefficients
   * @param translation of the root
   * @param camera of the picture
   */
  public record Picture(
      List<double[]> poses, double[] betas, double[] translation, double[] camera) {

    /** The fit that chapter 5's released code takes: the second. */
    public double[] releasedPose() {
      return poses.get(Math.min(1, poses.size() - 1));
    }
  }

  private Human36mBodies() {}

  /**
   * Reads the annotations by the names of the pictures, in the order of the file. All of it is held
   * in memory, as it is one pickle.
   *
   * @throws DamagedDataException when it has another layout, or asks for anything but arrays
   * @throws IOException when it cannot be read
   */
  public static Map<String, Picture> read(Path annotations) throws IOException {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    Object content = Npz.entry(annotations, "annots", Human36mBodies::pickled);
    if (!(content instanceof PickledArray array)
        || array.objects().size() != 1
        || !(array.objects().get(0) instanceof Map<?, ?> dictionary)) {
      throw new DamagedDataException(annotations + " must hold annots, a dictionary of pictures");
    }
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      String name = String.valueOf(entry.getKey());
      pictures.put(name, picture(annotations + ", " + name, entry.getValue()));
    }
    return pictures;
  }

  private static Object pickled(InputStream in, String where) throws IOException {
    String type = Npy.type(Npy.header(in, where));
    if (type == null || !type.contains("O")) {
      throw new DamagedDataException(where + " must hold a dictionary, but has type " + type);
    }
    return NumpyPickle.read(in.readAllBytes(), where);
  }

  private static Picture picture(String where, Object value) throws DamagedDataException {
    Object entry = value;
    List<Object> several = NumpyPickle.items(value);
    if (several != null && !several.isEmpty()) {
      entry = several.get(0);
    }
    if (!(entry instanceof Map<?, ?> fields)) {
      throw new DamagedDataException(where + " must be a dictionary");
    }
    List<double[]> poses = new ArrayList<>();
    Object all = fields.get("poses");
    List<Object> list = NumpyPickle.items(all);
    if (list == null) {
      poses.addAll(rows(where, all));
    } else {
      for (Object pose : list) {
        poses.add(numbers(where, "poses", pose));
      }
    }
    return new Picture(
        poses,
        numbers(where, "betas", fields.get("betas")),
        numbers(where, "trans", fields.get("trans")),
        numbers(where, "cam", fields.get("cam")));
  }

  /** Several fits in one array: its first side counts them. */
  private static List<double[]> rows(String where, Object value) throws DamagedDataException {
    if (!(value instanceof PickledArray array)) {
      throw new DamagedDataException(where + " must have poses, an array or a list of them");
    }
    StoredArray numbers = array.numbers("poses");
    double[] all = SmplPickle.doubles(numbers);
    int fits = numbers.shape().getShape().length > 1 ? (int) numbers.shape().getShape()[0] : 1;
    List<double[]> rows = new ArrayList<>();
    int length = fits == 0 ? 0 : all.length / fits;
    for (int r = 0; r < fits; r++) {
      rows.add(Arrays.copyOfRange(all, r * length, (r + 1) * length));
    }
    if (rows.isEmpty()) {
      throw new DamagedDataException(where + " must have at least one fit");
    }
    return rows;
  }

  private static double[] numbers(String where, String name, Object value)
      throws DamagedDataException {
    if (value instanceof PickledArray array) {
      return SmplPickle.doubles(array.numbers(name));
    }
    List<Object> list = NumpyPickle.items(value);
    if (list == null || !list.stream().allMatch(Number.class::isInstance)) {
      throw new DamagedDataException(where + " must have numbers " + name);
    }
    return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  /** The names of the pictures in a list such as {@code h36m_train.txt}, one a line. */
  public static List<String> names(Path list) throws IOException {
    List<String> names;
    try (Stream<String> lines = Files.lines(list, StandardCharsets.ISO_8859_1)) {
      names = lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (names.isEmpty()) {
      throw new DamagedDataException(
          list + " must hold names of pictures, but has " + Files.size(list) + " bytes");
    }
    return names;
  }

  /** The gender that chapter 5's released code takes for a subject such as S1. */
  public static String gender(String subject) {
    return switch (subject) {
      case "S1", "S5", "S7" -> "female";
      case "S6", "S8", "S9", "S11" -> "male";
      default ->
          throw new IllegalArgumentException(
              "subject must be S1, S5, S6, S7, S8, S9 or S11, but is " + subject);
    };
  }
}
