package condgen.display;

import java.util.Arrays;

/**
 * Long lines with fewer points that look the same: of each of 2,000 stretches, narrower than a
 * pixel of the picture, the lowest and the highest point stay, and a gap stays a gap.
 */
final class Thinning {
  private static final int STRETCHES = 2000;

  private Thinning() {}

  /** Returns {x, y}; unchanged if there are few points or x does not rise throughout. */
  static double[][] of(double[] x, double[] y) {
    if (x.length <= 2 * STRETCHES || !rises(x)) {
      return new double[][] {x, y};
    }
    double[] thinX = new double[3 * STRETCHES];
    double[] thinY = new double[3 * STRETCHES];
    int n = 0;
    for (int s = 0; s < STRETCHES; s++) {
      int from = (int) ((long) s * x.length / STRETCHES);
      int to = (int) ((long) (s + 1) * x.length / STRETCHES);
      int low = -1;
      int high = -1;
      boolean gap = false;
      for (int i = from; i < to; i++) {
        if (!Double.isFinite(y[i])) {
          gap = true;
          continue;
        }
        low = low < 0 || y[i] < y[low] ? i : low;
        high = high < 0 || y[i] > y[high] ? i : high;
      }
      if (low >= 0) {
        n = put(x, y, Math.min(low, high), thinX, thinY, n);
        n = put(x, y, Math.max(low, high), thinX, thinY, n);
      }
      if (gap) {
        thinX[n] = x[to - 1];
        thinY[n++] = Double.NaN;
      }
    }
    return new double[][] {Arrays.copyOf(thinX, n), Arrays.copyOf(thinY, n)};
  }

  private static int put(double[] x, double[] y, int i, double[] thinX, double[] thinY, int n) {
    thinX[n] = x[i];
    thinY[n] = y[i];
    return n + 1;
  }

  private static boolean rises(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || i > 0 && x[i] < x[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
