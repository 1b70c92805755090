package condgen.metrics;

import java.util.Arrays;

/**
 * The area under the receiver operating characteristic: the chance that a score of what is to be
 * detected is above a score of what is not, ties counting half. 1/2 is a coin, below it the score
 * points the wrong way.
 *
 * <p>The interval is DeLong's: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the
 * areas under two or more correlated receiver operating characteristic curves: a nonparametric
 * approach, Biometrics 44, 1988.
 *
 * @param area in [0, 1]
 * @param deviation standard error of the area
 */
public record RocArea(double area, double deviation) {

  private static final double TWO_SIDED_95 = 1.959964;

  /**
   * Compares two samples of scores.
   *
   * @param inside scores of the data that a detector should leave alone, at least 2
   * @param outside scores of the data that it should detect, higher is more suspicious; at least 2
   * @throws IllegalArgumentException when there are fewer, or one is not a number
   */
  public static RocArea of(double[] inside, double[] outside) {
    double[] a = sorted(inside, "inside");
    double[] b = sorted(outside, "outside");
    double[] placeOfOutside = places(outside, a);
    double[] placeOfInside = places(inside, b);
    double area = Arrays.stream(placeOfOutside).average().orElseThrow();
    double variance =
        variance(placeOfOutside) / outside.length + variance(placeOfInside) / inside.length;
    return new RocArea(area, Math.sqrt(variance));
  }

  /** Lower end of the interval that holds the area in 95 of 100 repetitions. */
  public double low() {
    return Math.max(0, area - TWO_SIDED_95 * deviation);
  }

  /** Upper end of that interval. */
  public double high() {
    return Math.min(1, area + TWO_SIDED_95 * deviation);
  }

  private static double[] sorted(double[] scores, String name) {
    if (scores.length < 2) {
      throw new IllegalArgumentException(
          name + " must hold at least 2 scores, but holds " + scores.length);
    }
    for (double score : scores) {
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException(name + " must hold numbers, but holds NaN");
      }
    }
    double[] copy = scores.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** For each score the share of the others below it, ties counting half. */
  private static double[] places(double[] scores, double[] sortedOthers) {
    double[] places = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      int below = below(sortedOthers, scores[i], false);
      int notAbove = below(sortedOthers, scores[i], true);
      places[i] = (below + notAbove) / 2.0 / sortedOthers.length;
    }
    return places;
  }

  /** How many are below a value, or not above it. */
  private static int below(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean left = orEqual ? sorted[middle] <= value : sorted[middle] < value;
      if (left) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
