package condgen.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One recording of AMASS in its layout "SMPL+H G": N frames of a body with 52 joints. The file also
 * has {@code dmpls}, (N, 8), the movement of soft tissue, which is not read.
 *
 * @param gender female, male or neutral
 * @param frameRate frames a second
 * @param betas the person's shape, 16 coefficients
 * @param translations of the root in metres, (N, 3)
 * @param poses rotations of the joints as axis times angle in radians, (N, 156): 3 of the root, 63
 *     of the body, 90 of the hands
 */
public record AmassMotion(
    String gender, double frameRate, double[] betas, StoredArray translations, StoredArray poses) {

  private static final String ENDING = "_poses.npz";
  private static final int BODY = 23;

  /**
   * Reads a file {@code *_poses.npz}.
   *
   * @throws DamagedDataException when it has another layout, such as that of SMPL-X, or a part of
   *     another shape
   * @throws IOException when it cannot be read
   */
  public static AmassMotion read(Path file) throws IOException {
    List<String> names = Npz.names(file);
    if (names.contains("surface_model_type") || file.toString().endsWith("_stageii.npz")) {
      throw new DamagedDataException(
          file
              + " has the layout of SMPL-X, which is not read: download the archives \"SMPL+H G\"");
    }
    for (String name : List.of("trans", "gender", "mocap_framerate", "betas", "poses")) {
      if (!names.contains(name)) {
        throw new DamagedDataException(
            file + " must hold trans, gender, mocap_framerate, betas and poses, but has " + names);
      }
    }
    Map<String, StoredArray> arrays = Npz.read(file, "trans", "mocap_framerate", "betas", "poses");
    long frames = rows(file, arrays.get("poses"), 156);
    if (rows(file, arrays.get("trans"), 3) != frames) {
      throw new DamagedDataException(file + ": trans must have a row for each of poses");
    }
    double[] betas = SmplPickle.doubles(arrays.get("betas"));
    double[] rate = SmplPickle.doubles(arrays.get("mocap_framerate"));
    if (betas.length != 16 || rate.length != 1 || !(rate[0] > 0)) {
      throw new DamagedDataException(
          String.format(
              "%s must have 16 betas and a positive mocap_framerate, but has %d and %s",
              file, betas.length, Arrays.toString(rate)));
    }
    return new AmassMotion(gender(file), rate[0], betas, arrays.get("trans"), arrays.get("poses"));
  }

  private static long rows(Path file, StoredArray array, int columns) throws DamagedDataException {
    long[] shape = array.shape().getShape();
    if (shape.length != 2 || shape[1] != columns || shape[0] < 1 || !array.type().isFloating()) {
      throw new DamagedDataException(
          String.format(
              "%s: %s must be floating point of shape (frames, %d), but has %s",
              file, array.name(), columns, Arrays.toString(shape)));
    }
    return shape[0];
  }

  /** The gender by its first letter, as some files write {@code b'male'}. */
  private static String gender(Path file) throws IOException {
    String text = Npz.text(file, "gender").toLowerCase(Locale.ROOT);
    String plain = text.startsWith("b'") ? text.substring(2) : text;
    for (String gender : List.of("female", "male", "neutral")) {
      if (!plain.isEmpty() && plain.charAt(0) == gender.charAt(0)) {
        return gender;
      }
    }
    throw new DamagedDataException(
        file + ": gender must be female, male or neutral, but is '" + text + "'");
  }

  /**
   * The recordings below a directory, in the order of their paths; other files, such as {@code
   * shape.npz}, are left out.
   */
  public static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(f -> f.getFileName().toString().endsWith(ENDING)).sorted().toList();
    }
  }

  /** Number of frames N. */
  public int frames() {
    return (int) poses.shape().getShape()[0];
  }

  /**
   * The rotations that chapter 5's released code takes: the root, 21 joints of the body, and two of
   * zero for the hands, as axis times angle.
   *
   * @return (N, 24, 3), one frame after the other
   */
  public double[] bodyRotations() throws DamagedDataException {
    double[] all = SmplPickle.doubles(poses);
    int numbers = 3 * (1 + BODY);
    double[] body = new double[frames() * numbers];
    for (int f = 0; f < frames(); f++) {
      System.arraycopy(all, 156 * f, body, numbers * f, 3 * (1 + 21));
    }
    return body;
  }

  /** The first ten shape coefficients, those of SMPL. */
  public double[] smplBetas() {
    return Arrays.copyOf(betas, 10);
  }
}
