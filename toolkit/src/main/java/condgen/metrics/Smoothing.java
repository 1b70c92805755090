package condgen.metrics;

/** Smoothing of pictures by a short symmetric kernel, along rows and then columns, in double. */
final class Smoothing {

  private Smoothing() {}

  /**
   * The weights of a Gaussian, cut off and adding up to 1.
   *
   * @param deviation in pixels
   * @param cut how many deviations it reaches, rounded to whole pixels
   * @return an odd number of weights
   */
  static double[] gaussian(double deviation, double cut) {
    int radius = (int) (cut * deviation + 0.5);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = (i - radius) / deviation;
      weights[i] = Math.exp(-0.5 * distance * distance);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /**
   * A smoothed picture. Beyond the border it goes on mirrored, the outermost pixel repeated.
   *
   * @param picture height · width numbers, row by row
   * @param weights an odd number of weights, with fewer on each side than there are pixels
   * @return as many numbers
   */
  static double[] smooth(double[] picture, int height, int width, double[] weights) {
    double[] rows = along(picture, height, width, width, weights);
    return along(rows, width, height, 1, weights);
  }

  /** Along the axis whose neighbours are {@code step} apart; {@code lines} lines of it. */
  private static double[] along(double[] picture, int size, int lines, int step, double[] weights) {
    int radius = weights.length / 2;
    double[] result = new double[picture.length];
    for (int line = 0; line < lines; line++) {
      int first = step == 1 ? line * size : line;
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
          int at = i + k;
          at = at < 0 ? -1 - at : at >= size ? 2 * size - 1 - at : at;
          sum += weights[radius + k] * picture[first + at * step];
        }
        result[first + i * step] = sum;
      }
    }
    return result;
  }
}
