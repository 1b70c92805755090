package condgen.diffusion;

/**
 * The covariance of a Gaussian free field without a Fourier transform: sums of cosines over all
 * waves, from the definition.
 */
final class FieldByCosines {

  private FieldByCosines() {}

  /** λ_ij = κ_ij^(−2γ), scaled to the mean 1; κ is 1 for the lowest wave and for the constant. */
  static double[] eigenvalues(double gamma, int h, int w) {
    double[] lambda = new double[h * w];
    double sum = 0;
    for (int k = 0; k < h * w; k++) {
      double i = Math.min(k / w, h - k / w) / (double) h;
      double j = Math.min(k % w, w - k % w) / (double) w;
      double kappa = k == 0 ? 1 : Math.sqrt(i * i + j * j) * Math.max(h, w);
      lambda[k] = Math.pow(kappa, -2 * gamma);
      sum += lambda[k] / (h * w);
    }
    for (int k = 0; k < h * w; k++) {
      lambda[k] /= sum;
    }
    return lambda;
  }

  /** Σ of an h × w image with these eigenvalues: (h w) rows of h w. */
  static double[][] covariance(double[] lambda, int h, int w) {
    int n = h * w;
    double[][] sigma = new double[n][n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        for (int k = 0; k < n; k++) {
          double down = (double) (k / w) * (p / w - q / w) / h;
          double right = (double) (k % w) * (p % w - q % w) / w;
          sigma[p][q] += lambda[k] / n * Math.cos(2 * Math.PI * (down + right));
        }
      }
    }
    return sigma;
  }

  static double[][] covariance(double gamma, int h, int w) {
    return covariance(eigenvalues(gamma, h, w), h, w);
  }
}
