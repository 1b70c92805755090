package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Tensors;
import java.util.Arrays;

/**
 * Images of one size, grey or colour, with the number of their class. The bytes lie on the Java
 * heap; arrays are made when they are asked for, in the current scope and on the chosen device.
 * Immutable.
 */
public final class LabelledImages {
  private static final float[] SYMMETRIC = new float[256];

  static {
    for (int value = 0; value < 256; value++) {
      SYMMETRIC[value] = value / 127.5f - 1;
    }
  }

  private final String name;
  private final int classes;
  private final int channels;
  private final int rows;
  private final int columns;
  private final byte[] pixels;
  private final int[] labels;
  private final BatchOrder order;

  /**
   * @param pixels of each image its channels one after the other, each row by row
   */
  LabelledImages(
      String name, int classes, int channels, int rows, int columns, byte[] pixels, byte[] labels) {
    this(name, classes, channels, rows, columns, pixels, unsigned(labels));
  }

  /**
   * @param classes how many; 0 for images without labels
   * @param labels of each image its class, 0 to classes - 1; -1 for images without labels
   */
  LabelledImages(
      String name, int classes, int channels, int rows, int columns, byte[] pixels, int[] labels) {
    this.name = name;
    this.classes = classes;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
    this.labels = labels;
    this.order = new BatchOrder(labels.length);
  }

  /** What they are, for texts and tables: {@code mnist train}. */
  public String name() {
    return name;
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** The number of channels C: 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /** The height of an image in pixels. */
  public int rows() {
    return rows;
  }

  /** The width of an image in pixels. */
  public int columns() {
    return columns;
  }

  /** The number of classes; 0 when the images have no labels. */
  public int classes() {
    return classes;
  }

  /** The class of image {@code i}, 0 to classes - 1; -1 when it has no label. */
  public int label(int i) {
    return labels[requireIndex(i)];
  }

  /** The class of every image. */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * The raw bytes of image {@code i}, 0 (black, for digits the background) to 255, unsigned:
   * channel after channel, each row by row. A copy.
   */
  public byte[] pixels(int i) {
    int start = requireIndex(i) * volume();
    return Arrays.copyOfRange(pixels, start, start + volume());
  }

  /**
   * All images, (N, C, rows, columns), float32, 0 ... 255 mapped onto [-1, 1]. The 60,000 digits
   * take 188 MB, the 50,000 colour images of CIFAR-10 614 MB; training takes {@link #batch}.
   */
  public NDArray images() {
    int[] all = new int[size()];
    Arrays.setAll(all, i -> i);
    return array(all);
  }

  /** Image {@code i} as (1, C, rows, columns), float32 in [-1, 1]. */
  public NDArray image(int i) {
    return array(new int[] {requireIndex(i)});
  }

  /**
   * The minibatch of one training step. The images of an epoch are shuffled by (seed, epoch) and
   * cut into size() / size minibatches; what is left over waits for another epoch. The same
   * arguments give the same minibatch, on every machine and in every order of calls.
   *
   * @param seed the run
   * @param step the training step, from 0
   * @param size the number of images B, 1 to size()
   */
  public Minibatch batch(long seed, long step, int size) {
    if (size < 1 || size > size()) {
      throw new IllegalArgumentException(
          "size must be between 1 and " + size() + ", but is " + size);
    }
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, but is " + step);
    }
    int[] chosen = order.chosen(seed, step, size);
    int[] classesOfChosen = Arrays.stream(chosen).map(i -> labels[i]).toArray();
    return new Minibatch(array(chosen), classesOfChosen);
  }

  /**
   * The first {@code n} images.
   *
   * @param n 1 to size()
   */
  public LabelledImages take(int n) {
    if (n < 1 || n > size()) {
      throw new IllegalArgumentException("n must be between 1 and " + size() + ", but is " + n);
    }
    return new LabelledImages(
        name,
        classes,
        channels,
        rows,
        columns,
        Arrays.copyOf(pixels, n * volume()),
        Arrays.copyOf(labels, n));
  }

  /**
   * The same images in the middle of a square of background: 28 x 28 becomes 32 x 32, which a
   * U-shaped network can halve five times.
   *
   * @param side rows and columns of the result, not less than those of the images
   */
  public LabelledImages padTo(int side) {
    if (side < rows || side < columns) {
      throw new IllegalArgumentException(
          String.format("side must be at least %d, but is %d", Math.max(rows, columns), side));
    }
    int planes = size() * channels;
    if (side > Integer.MAX_VALUE / side / planes) {
      throw new IllegalArgumentException(
          String.format(
              "side must be at most %d for %d images, but is %d",
              (int) Math.sqrt((double) Integer.MAX_VALUE / planes), size(), side));
    }
    byte[] padded = new byte[planes * side * side];
    int top = (side - rows) / 2;
    int left = (side - columns) / 2;
    for (int plane = 0; plane < planes; plane++) {
      for (int r = 0; r < rows; r++) {
        int from = (plane * rows + r) * columns;
        System.arraycopy(pixels, from, padded, (plane * side + top + r) * side + left, columns);
      }
    }
    return new LabelledImages(name, classes, channels, side, side, padded, labels);
  }

  /**
   * The same images at half the size: every square of 2 x 2 pixels becomes their mean, rounded.
   *
   * @throws IllegalArgumentException unless rows and columns are even
   */
  public LabelledImages halve() {
    if (rows % 2 != 0 || columns % 2 != 0) {
      throw new IllegalArgumentException(
          "rows and columns must be even, but are " + rows + " and " + columns);
    }
    byte[] halved = new byte[pixels.length / 4];
    for (int k = 0; k < halved.length; k++) {
      int column = k % (columns / 2);
      int row = k / (columns / 2);
      int from = 2 * row * columns + 2 * column;
      int sum = 2;
      for (int corner : new int[] {from, from + 1, from + columns, from + columns + 1}) {
        sum += pixels[corner] & 0xff;
      }
      halved[k] = (byte) (sum / 4);
    }
    return new LabelledImages(name, classes, channels, rows / 2, columns / 2, halved, labels);
  }

  /** How many images each class has: classes() numbers. */
  public int[] classHistogram() {
    int[] counts = new int[classes];
    for (int label : labels) {
      if (label >= 0) {
        counts[label]++;
      }
    }
    return counts;
  }

  /** The number of bytes of an image. */
  private int volume() {
    return channels * rows * columns;
  }

  private static int[] unsigned(byte[] labels) {
    int[] wide = new int[labels.length];
    Arrays.setAll(wide, i -> Byte.toUnsignedInt(labels[i]));
    return wide;
  }

  private NDArray array(int[] chosen) {
    int volume = volume();
    float[] values = new float[Math.multiplyExact(chosen.length, volume)];
    for (int k = 0; k < chosen.length; k++) {
      int from = chosen[k] * volume;
      for (int p = 0; p < volume; p++) {
        values[k * volume + p] = SYMMETRIC[pixels[from + p] & 0xff];
      }
    }
    return Tensors.of(values, new Shape(chosen.length, channels, rows, columns));
  }

  private int requireIndex(int i) {
    if (i < 0 || i >= size()) {
      throw new IllegalArgumentException(
          "i must be between 0 and " + (size() - 1) + ", but is " + i);
    }
    return i;
  }

  @Override
  public String toString() {
    String kind = channels == 3 ? "colour images" : "images";
    return String.format("%s: %,d %s of %d x %d", name, size(), kind, rows, columns);
  }
}
