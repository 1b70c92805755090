package condgen.data;

/**
 * OpenCV's linear interpolation of pictures of bytes: weights of eleven binary digits, sums of a
 * row kept whole, two of them joined with the last digits cut off. Halving both sides is a mean
 * there.
 */
final class OpenCvLinear {
  private static final int ONE = 1 << 11;

  private final int rows;
  private final int columns;
  private final int height;
  private final int width;

  OpenCvLinear(int rows, int columns, int height, int width) {
    this.rows = rows;
    this.columns = columns;
    this.height = height;
    this.width = width;
  }

  /** One channel of {@code in}, which begins at {@code at}. */
  byte[] apply(byte[] in, int at) {
    if (rows == 2 * height && columns == 2 * width) {
      return halved(in, at);
    }
    byte[] out = new byte[Math.multiplyExact(height, width)];
    int[] left = new int[width];
    int[] weight = new int[width];
    for (int x = 0; x < width; x++) {
      float place = place(x, columns, width);
      left[x] = (int) Math.floor(place);
      weight[x] = fixed(place - left[x]);
      if (left[x] < 0 || left[x] >= columns - 1) {
        left[x] = left[x] < 0 ? 0 : columns - 1;
        weight[x] = 0;
      }
    }
    for (int y = 0; y < height; y++) {
      float place = place(y, rows, height);
      int above = (int) Math.floor(place);
      float part = place - above;
      int lower = fixed(part);
      int upper = fixed(1 - part);
      int first = at + clip(above) * columns;
      int second = at + clip(above + 1) * columns;
      for (int x = 0; x < width; x++) {
        int a = upper * (across(in, first, left[x], weight[x]) >> 4) >> 16;
        int b = lower * (across(in, second, left[x], weight[x]) >> 4) >> 16;
        out[y * width + x] = (byte) ((a + b + 2) >> 2);
      }
    }
    return out;
  }

  private byte[] halved(byte[] in, int at) {
    byte[] out = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int p = at + 2 * y * columns + 2 * x;
        int q = p + columns;
        int sum = (in[p] & 0xff) + (in[p + 1] & 0xff) + (in[q] & 0xff) + (in[q + 1] & 0xff);
        out[y * width + x] = (byte) ((sum + 2) >> 2);
      }
    }
    return out;
  }

  private int clip(int row) {
    return Math.max(0, Math.min(rows - 1, row));
  }

  private int across(byte[] in, int row, int left, int weight) {
    int first = (in[row + left] & 0xff) * (ONE - weight);
    return weight == 0 ? first : first + (in[row + left + 1] & 0xff) * weight;
  }

  private static float place(int output, int inputs, int outputs) {
    double scale = 1.0 / ((double) outputs / inputs);
    return (float) ((output + 0.5) * scale - 0.5);
  }

  private static int fixed(float weight) {
    return (int) Math.rint(weight * ONE);
  }
}
