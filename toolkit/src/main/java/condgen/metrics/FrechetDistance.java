package condgen.metrics;

import ai.djl.ndarray.NDArray;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RectangularCholeskyDecomposition;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The Fréchet distance of two Gaussians, squared as is usual: |m₁ − m₂|² + tr(Σ₁ + Σ₂ − 2 √(Σ₁Σ₂)).
 * It is 0 for equal means and covariances, and sees nothing else of the two sets.
 *
 * <p>Computed in double. The trace of √(Σ₁Σ₂) is that of the symmetric √(√Σ₁ Σ₂ √Σ₁), which is the
 * sum of the singular values of √Σ₁ √Σ₂: no imaginary part appears, small eigenvalues are not lost
 * in squares, and singular covariances need no addition to the diagonal. (The library's
 * decomposition into eigenvectors does not converge for some singular covariances.) With 2,048
 * features it takes a few minutes of one core.
 *
 * <p>In the pool features of the Inception network this is what is called FID. In other features it
 * must be called by their name: see {@code condgen.experiment.MetricCard}.
 */
public final class FrechetDistance {

  /** Less than d times this share of the greatest variance is rounding, and counts as 0. */
  private static final double ROUNDING = 1e-15;

  private FrechetDistance() {}

  /**
   * The distance of two sets.
   *
   * @param first statistics of at least 2 samples
   * @param second statistics of at least 2 samples with as many features
   * @return at least 0; 0 up to rounding when both are the same
   * @throws IllegalArgumentException if the numbers of features differ, there are less than 2
   *     samples, or a covariance has negative eigenvalues
   */
  public static double between(FeatureStatistics first, FeatureStatistics second) {
    first.requireSameDimension(second);
    RealMatrix a = first.matrix();
    RealMatrix b = second.matrix();
    double[] m1 = first.mean();
    double[] m2 = second.mean();
    double distance = 0;
    for (int i = 0; i < m1.length; i++) {
      distance += (m1[i] - m2[i]) * (m1[i] - m2[i]);
    }
    distance += a.getTrace() + b.getTrace() - 2 * traceOfRoot(a, b);
    return Math.max(0, distance);
  }

  /** The distance of two sets of features, (N, d) and (M, d). */
  public static double between(NDArray first, NDArray second) {
    return between(FeatureStatistics.of(first), FeatureStatistics.of(second));
  }

  private static double traceOfRoot(RealMatrix a, RealMatrix b) {
    if (greatest(a) == 0 || greatest(b) == 0) {
      return 0;
    }
    RealMatrix product = half(a).transpose().multiply(half(b));
    double trace = 0;
    for (double value : new SingularValueDecomposition(product).getSingularValues()) {
      trace += value;
    }
    return trace;
  }

  /**
   * H with H Hᵀ = Σ and as many columns as Σ has rank; √Σ is H times a rotation, which singular
   * values do not see.
   */
  private static RealMatrix half(RealMatrix sigma) {
    double rounding = ROUNDING * sigma.getRowDimension() * greatest(sigma);
    return new RectangularCholeskyDecomposition(sigma, rounding).getRootMatrix();
  }

  /** The greatest variance. */
  private static double greatest(RealMatrix sigma) {
    double greatest = 0;
    for (int i = 0; i < sigma.getRowDimension(); i++) {
      greatest = Math.max(greatest, sigma.getEntry(i, i));
    }
    return greatest;
  }
}
