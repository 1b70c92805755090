package condgen.noise;

import java.util.Arrays;

/**
 * One number for each wave or each lag, row-major, and what may be asked of them.
 *
 * @param name what messages call them
 * @param height rows
 * @param width numbers in a row
 * @param numbers height · width
 */
record Grid(String name, int height, int width, double[] numbers) {

  /** Copies rows, which must be of one length and hold finite numbers. */
  static Grid of(String name, double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException(name + " must hold at least one number, but is empty");
    }
    int w = rows[0].length;
    double[] numbers = new double[Math.multiplyExact(rows.length, w)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != w) {
        throw new IllegalArgumentException(
            name
                + " must have rows of one length, but row 0 has "
                + w
                + " numbers and row "
                + i
                + " has "
                + rows[i].length);
      }
      System.arraycopy(rows[i], 0, numbers, i * w, w);
    }
    Grid grid = new Grid(name, rows.length, w, numbers);
    for (int at = 0; at < numbers.length; at++) {
      if (!Double.isFinite(numbers[at])) {
        throw new IllegalArgumentException(grid.text("must be finite", at));
      }
    }
    return grid;
  }

  /** Numbers as rows of a width. */
  static double[][] rows(double[] numbers, int width) {
    double[][] rows = new double[numbers.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
    }
    return rows;
  }

  double largest() {
    return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
  }

  /** Refuses numbers that are not above a limit, from one index on. */
  void requirePositive(double limit, int from) {
    for (int at = from; at < numbers.length; at++) {
      if (!(numbers[at] > limit)) {
        throw new IllegalArgumentException(text("must be positive", at));
      }
    }
  }

  /** Refuses numbers that differ from those at the negative indices. */
  void requireEven(double relative) {
    double tolerance = relative * largest();
    for (int at = 0; at < numbers.length; at++) {
      int mirror = (height - at / width) % height * width + (width - at % width) % width;
      if (Math.abs(numbers[at] - numbers[mirror]) > tolerance) {
        throw new IllegalArgumentException(
            text("must be equal at (i, j) and (-i, -j)", at)
                + " and %s at (%d, %d)".formatted(numbers[mirror], mirror / width, mirror % width));
      }
    }
  }

  private String text(String demand, int at) {
    return "%s %s, but hold %s at (%d, %d)"
        .formatted(name, demand, numbers[at], at / width, at % width);
  }
}
