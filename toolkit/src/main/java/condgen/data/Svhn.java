package condgen.data;

import condgen.download.DataCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * SVHN, house numbers cut to single digits, 10 classes, 32 x 32, red, green and blue. Its test
 * images are out-of-distribution data for CIFAR-10 in chapter 4. Fetch it with {@code
 * data-downloaders/fetch svhn}.
 *
 * <p>Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Y. Ng: Reading digits in natural images
 * with unsupervised feature learning. NIPS Workshop 2011.
 */
public final class Svhn {
  private static final String DATA_SET = "svhn";
  private static final int CLASSES = 10;
  private static final int SIDE = 32;
  private static final int VOLUME = 3 * SIDE * SIDE;

  private Svhn() {}

  /**
   * The 73,257 training images in the user's cache; 225 MB.
   *
   * @throws condgen.download.MissingDataException when they were not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when the file is
   *     truncated or of another format
   */
  public static LabelledImages train() {
    return part(DataCache.standard(), "train");
  }

  /** The 26,032 test images in the user's cache; see {@link #train()}. */
  public static LabelledImages test() {
    return part(DataCache.standard(), "test");
  }

  /**
   * The 531,131 further images, 1.6 GB in memory and twice that while reading: {@link #train()}.
   */
  public static LabelledImages extra() {
    return part(DataCache.standard(), "extra");
  }

  static LabelledImages part(DataCache cache, String part) {
    Path file = cache.require(DATA_SET, part + "_32x32.mat");
    try {
      return read(file, DATA_SET + " " + part);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Reads a file of the data set: variables X (32, 32, 3, N), bytes, and y, N labels 1 to 10, where
   * 10 is the digit 0.
   *
   * @param name what the images are called
   * @throws DamagedDataException if it is truncated or of another format
   * @throws IOException if it cannot be read
   */
  public static LabelledImages read(Path file, String name) throws IOException {
    Map<String, MatArray> variables = MatFile.read(file, "X", "y");
    MatArray images = variables.get("X");
    double[] digits = variables.get("y").doubles();
    int[] sizes = images.sizes();
    int count = sizes.length == 4 ? sizes[3] : sizes.length == 3 ? 1 : 0;
    if (count == 0
        || !images.isBytes()
        || !Arrays.equals(Arrays.copyOf(sizes, 3), new int[] {SIDE, SIDE, 3})
        || digits.length != count) {
      throw new DamagedDataException(
          "%s must hold bytes X[32, 32, 3, N] and y of N numbers, but holds %s and %s"
              .formatted(file, images, variables.get("y")));
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      if (!(digits[i] >= 1 && digits[i] <= CLASSES && digits[i] == Math.rint(digits[i]))) {
        throw new DamagedDataException(
            "%s must have labels 1 to 10, but has %s in place %d".formatted(file, digits[i], i));
      }
      labels[i] = (byte) (digits[i] % CLASSES);
    }
    byte[] pixels = images.bytes();
    rowsFirst(pixels, count);
    return new LabelledImages(name, CLASSES, 3, SIDE, SIDE, pixels, labels);
  }

  /** In place: in the file the rows of a column are neighbours. */
  private static void rowsFirst(byte[] pixels, int count) {
    byte[] image = new byte[VOLUME];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, i * VOLUME, image, 0, VOLUME);
      for (int p = 0; p < VOLUME; p++) {
        int plane = p / (SIDE * SIDE) * SIDE * SIDE;
        int row = p / SIDE % SIDE;
        int column = p % SIDE;
        pixels[i * VOLUME + p] = image[plane + column * SIDE + row];
      }
    }
  }
}
