package condgen.ode;

/**
 * Weights of the Adams methods: the integral over one step of the polynomial through the latest
 * slopes, which lie one step apart.
 *
 * <p>From the backward differences ∇ʲf with the coefficients of Hairer, Nørsett and Wanner, Solving
 * Ordinary Differential Equations I, section III.1: Σₖ γⱼ₋ₖ / (k + 1) = 1 for every j, and for the
 * implicit methods 0 for every j but the first.
 */
final class AdamsWeights {

  private AdamsWeights() {}

  /** Weights of q slopes, the one at the start of the step first: order q. */
  static double[] bashforth(int q) {
    return weights(q, 1);
  }

  /** Weights of q slopes, the one at the end of the step first: order q. */
  static double[] moulton(int q) {
    return weights(q, 0);
  }

  private static double[] weights(int q, double right) {
    double[] gamma = new double[q];
    double[] weights = new double[q];
    for (int j = 0; j < q; j++) {
      gamma[j] = j == 0 ? 1 : right;
      for (int k = 1; k <= j; k++) {
        gamma[j] -= gamma[j - k] / (k + 1);
      }
      double signedBinomial = 1;
      for (int i = 0; i <= j; i++) {
        weights[i] += signedBinomial * gamma[j];
        signedBinomial *= -(double) (j - i) / (i + 1);
      }
    }
    return weights;
  }
}
