package condgen.display;

import java.util.Arrays;

/** A density estimated from samples by Gaussian kernels, with Silverman's bandwidth. */
final class Kernels {
  private static final double REACH = 6;

  private final double[] sorted;
  private final double bandwidth;

  Kernels(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
    int n = Math.max(1, sorted.length);
    double mean = Arrays.stream(sorted).sum() / n;
    double variance =
        Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, n - 1);
    double iqr = n < 2 ? 0 : sorted[(3 * (n - 1)) / 4] - sorted[(n - 1) / 4];
    double spread = Math.sqrt(variance);
    spread = iqr > 0 ? Math.min(spread, iqr / 1.34) : spread;
    bandwidth = spread > 0 ? 0.9 * spread * Math.pow(n, -0.2) : 1;
  }

  double density(double x) {
    int i = Arrays.binarySearch(sorted, x - REACH * bandwidth);
    double sum = 0;
    for (i = i < 0 ? -i - 1 : i; i < sorted.length; i++) {
      double z = (sorted[i] - x) / bandwidth;
      if (z > REACH) {
        break;
      }
      sum += Math.exp(-z * z / 2);
    }
    return sorted.length == 0
        ? Double.NaN
        : sum / (sorted.length * bandwidth * Math.sqrt(2 * Math.PI));
  }
}
