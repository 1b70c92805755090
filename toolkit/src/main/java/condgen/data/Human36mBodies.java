package condgen.data;

import condgen.download.DataCache;
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
 * annots.npz}, a dictionary of pictures, and lists of the pictures' names. How to obtain them:
 * {@code data-downloaders/fetch human36m}.
 *
 * <p>Training is subjects S1, S5, S6, S7, S8, testing S9 and S11. The thesis takes every tenth
 * frame for training; its released code takes the lists as they are, and so do {@link #train()} and
 * {@link #test()}. It adds N(0, 1), times the deviation given to it, to the shapes for training.
 */
public final class Human36mBodies {

  /** Which of the stored fits chapter 5's released code takes. */
  private static final int RELEASED = 1;

  private static final String DATA_SET = "human36m";

  private static final int LARGEST = 1 << 30;

  /** Deflate can pack a thousand bytes of nothing into one; numbers never come near. */
  private static final int MOST_PACKED = 100;

  /**
   * The fits of one picture. Of several arrays, the entry with one number belongs to the fit with
   * that number.
   *
   * @param poses rotations as axis times angle, 72 numbers (24 joints), one array per fit
   * @param betas 10 shape coefficients, the same for all fits
   * @param translations of the root, 3 numbers, one array per fit
   * @param cameras one array per fit; in ROMP's own loader it is the root's rotation as the camera
   *     sees it (3 numbers, axis times angle) and replaces the first three numbers of the pose
   */
  public record Picture(
      List<double[]> poses, double[] betas, List<double[]> translations, List<double[]> cameras) {

    /** The fit that chapter 5's released code takes, the second, with the root as it is stored. */
    public double[] releasedPose() {
      return poses.get(RELEASED).clone();
    }

    /** The translation of the root that belongs to {@link #releasedPose()}. */
    public double[] releasedTranslation() {
      return translations.get(RELEASED).clone();
    }
  }

  private Human36mBodies() {}

  /**
   * The pictures of {@code h36m_train.txt} with their fits, in its order.
   *
   * @throws condgen.download.MissingDataException when the files are not there
   * @throws UncheckedIOException of a {@link DamagedDataException} when one is damaged, or a
   *     picture of the list has no fits
   */
  public static Map<String, Picture> train() {
    return part(DataCache.standard(), "train");
  }

  /** The pictures of {@code h36m_test.txt}; see {@link #train()}. */
  public static Map<String, Picture> test() {
    return part(DataCache.standard(), "test");
  }

  static Map<String, Picture> part(DataCache cache, String part) {
    Path list = cache.require(DATA_SET, "h36m_" + part + ".txt");
    Path annotations = cache.require(DATA_SET, "annots.npz");
    try {
      Map<String, Picture> all = read(annotations);
      Map<String, Picture> chosen = new LinkedHashMap<>();
      for (String name : names(list)) {
        require(annotations.toString(), all.containsKey(name), "fits of " + name);
        chosen.put(name, all.get(name));
      }
      return chosen;
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Reads the annotations by the names of the pictures, in the order of the file. All of it is held
   * in memory, as it is one pickle.
   *
   * @throws DamagedDataException when it has another layout, or asks for anything but arrays
   * @throws IOException when it cannot be read
   */
  public static Map<String, Picture> read(Path annotations) throws IOException {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    long most = Math.min(LARGEST, MOST_PACKED * (Files.size(annotations) + 1000));
    Object content =
        Npz.entry(annotations, "annots", (in, where) -> pickled(in, where, (int) most));
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

  private static Object pickled(InputStream in, String where, int most) throws IOException {
    String type = Npy.type(Npy.header(in, where));
    if (type == null || !type.contains("O")) {
      throw new DamagedDataException(where + " must hold a dictionary, but has type " + type);
    }
    byte[] pickle = in.readNBytes(most + 1);
    require(where, pickle.length <= most, "at most " + most + " bytes");
    return NumpyPickle.read(pickle, where);
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
    List<double[]> poses = fits(where, "poses", fields.get("poses"), 72);
    double[] betas = numbers(where, "betas", fields.get("betas"));
    require(where, betas.length == 10, "10 betas, but has " + betas.length);
    return new Picture(
        poses,
        betas,
        fits(where, "trans", fields.get("trans"), 3),
        fits(where, "cam", fields.get("cam"), 3));
  }

  /** One array per fit, from a list of arrays or from one array with a row per fit. */
  private static List<double[]> fits(String where, String name, Object value, int length)
      throws DamagedDataException {
    List<double[]> fits = new ArrayList<>();
    List<Object> list = NumpyPickle.items(value);
    if (list != null) {
      for (Object fit : list) {
        fits.add(numbers(where, name, fit));
      }
    } else {
      double[] all = numbers(where, name, value);
      for (int from = 0; from + length <= all.length; from += length) {
        fits.add(Arrays.copyOfRange(all, from, from + length));
      }
      require(where, all.length % length == 0, name + " in rows of " + length);
    }
    require(where, fits.size() > RELEASED, "at least two fits in " + name + ", not " + fits.size());
    for (double[] fit : fits) {
      require(where, fit.length == length, name + " of " + length + " numbers");
    }
    return fits;
  }

  private static void require(String where, boolean holds, String expected)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(where + " must have " + expected);
    }
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
