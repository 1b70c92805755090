package condgen.data;

/**
 * Enlarges a square grey image as the Python imaging library's bilinear filter does, bit for bit:
 * rows first, then columns, each rounded to eight bits, with weights in fixed point.
 */
final class DigitResize {
  private static final int FRACTION_BITS = 22;

  private final int from;
  private final int to;
  private final int[] first;
  private final int[] second;
  private final int[] firstWeight;
  private final int[] secondWeight;

  /**
   * @param from side of the images that come
   * @param to side of the images wanted, at least {@code from}
   */
  DigitResize(int from, int to) {
    this.from = from;
    this.to = to;
    first = new int[to];
    second = new int[to];
    firstWeight = new int[to];
    secondWeight = new int[to];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * from / to - 0.5;
      int left = (int) Math.floor(centre);
      double right = centre - left;
      first[i] = Math.max(left, 0);
      second[i] = Math.min(left + 1, from - 1);
      // Beyond the border there is one pixel, which then has all the weight.
      boolean border = left < 0 || left + 1 >= from;
      firstWeight[i] = fixed(border ? 1 : 1 - right);
      secondWeight[i] = fixed(border ? 0 : right);
    }
  }

  /** The enlarged image, values 0 to 255, row by row. */
  int[] apply(byte[] image) {
    int[] wide = new int[from * to];
    for (int r = 0; r < from; r++) {
      for (int c = 0; c < to; c++) {
        int a = image[r * from + first[c]] & 0xff;
        int b = image[r * from + second[c]] & 0xff;
        wide[r * to + c] = blend(a, firstWeight[c], b, secondWeight[c]);
      }
    }
    int[] tall = new int[to * to];
    for (int r = 0; r < to; r++) {
      for (int c = 0; c < to; c++) {
        int a = wide[first[r] * to + c];
        int b = wide[second[r] * to + c];
        tall[r * to + c] = blend(a, firstWeight[r], b, secondWeight[r]);
      }
    }
    return tall;
  }

  private static int blend(int a, int weightA, int b, int weightB) {
    return Math.min(255, (a * weightA + b * weightB + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS);
  }

  private static int fixed(double weight) {
    return (int) (0.5 + weight * (1 << FRACTION_BITS));
  }
}
