package condgen.metrics;

import java.util.Locale;

/**
 * Mean and spread of one number per clip.
 *
 * @param mean over the clips
 * @param deviation standard deviation of the clips, with the divisor n
 * @param halfWidth half the width of the 95 % interval of the mean: 1.96 standard errors, with the
 *     divisor n − 1; NaN for one clip
 */
public record Spread(double mean, double deviation, double halfWidth) {

  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double QUANTILE = 1.959963984540054;

  /**
   * Of the clips' numbers.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(double... scores) {
    double mean = mean(scores);
    double squares = 0;
    for (double score : scores) {
      squares += (score - mean) * (score - mean);
    }
    int n = scores.length;
    double error = n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    return new Spread(mean, Math.sqrt(squares / n), QUANTILE * error);
  }

  static double mean(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("scores must hold at least one number, but are empty");
    }
    double sum = 0;
    for (double score : scores) {
      sum += score;
    }
    return sum / scores.length;
  }

  /** For example {@code 21.4 ± 0.7 (clips spread 0.6)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.4g ± %.2g (clips spread by %.2g)", mean, halfWidth, deviation);
  }
}
