package condgen.metrics;

/**
 * Resizing of pictures of bytes with the triangle filter as the imaging library of Python (PIL)
 * does it, byte for byte: first along rows, then along columns, each time rounded to bytes. When a
 * side shrinks, the triangle is widened by the same factor, so that every pixel counts; when a side
 * keeps its length, nothing happens along it.
 *
 * @param side height and width of the result
 */
record BilinearBytes(int side) {

  /** Binary digits after the point of the weights. */
  private static final int DIGITS = 22;

  /** The weights of one output pixel: those of the inputs from {@code first} on. */
  private record Weights(int first, int[] values) {}

  /**
   * One channel.
   *
   * @param pixels height · width numbers from 0 to 255, row by row
   * @return side · side numbers from 0 to 255
   */
  int[] resize(int[] pixels, int height, int width) {
    int[] narrow = rows(pixels, height, width);
    return turned(rows(turned(narrow, height, side), side, height), side, side);
  }

  private int[] rows(int[] pixels, int height, int width) {
    if (width == side) {
      return pixels;
    }
    int[] result = new int[height * side];
    for (int column = 0; column < side; column++) {
      Weights weights = weights(column, width);
      for (int row = 0; row < height; row++) {
        long sum = 1L << (DIGITS - 1);
        for (int k = 0; k < weights.values.length; k++) {
          sum += (long) pixels[row * width + weights.first + k] * weights.values[k];
        }
        result[row * side + column] = (int) Math.max(0, Math.min(255, sum >> DIGITS));
      }
    }
    return result;
  }

  private Weights weights(int output, int inputs) {
    double scale = (double) inputs / side;
    double reach = Math.max(scale, 1);
    double centre = (output + 0.5) * scale;
    int first = Math.max(0, (int) (centre - reach + 0.5));
    int end = Math.min(inputs, (int) (centre + reach + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.max(0, 1 - Math.abs((k + first - centre + 0.5) * (1 / reach)));
      sum += weights[k];
    }
    int[] whole = new int[weights.length];
    for (int k = 0; k < whole.length; k++) {
      whole[k] = (int) (0.5 + weights[k] * (1 / sum) * (1 << DIGITS));
    }
    return new Weights(first, whole);
  }

  private static int[] turned(int[] pixels, int height, int width) {
    int[] turned = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      turned[i % width * height + i / width] = pixels[i];
    }
    return turned;
  }
}
