package condgen.diffusion;

import condgen.thesis.Equation;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Erf;

/**
 * How close neighbouring scales have to be, the second technique of Song and Ermon (2020). The
 * radius r = ‖x‖ of noise σ ε in D dimensions is nearly N(√D σ, σ²/2). The share of the noise at
 * one level whose radius lies within three deviations of the next level's is, for γ the ratio of
 * their scales,
 *
 * <pre>{@code
 * F(γ) = Φ(√(2D) (γ − 1) + 3γ) − Φ(√(2D) (γ − 1) − 3γ)
 * }</pre>
 *
 * <p>For noise of covariance σ² Σ the same holds of the whitened radius ‖Σ^(−1/2) x‖, not of ‖x‖,
 * whose variance is then σ² tr(Σ²) / 2D.
 *
 * @param dimension D
 */
public record ScaleOverlap(long dimension) {

  /**
   * Checks D.
   *
   * @throws IllegalArgumentException unless it is positive
   */
  public ScaleOverlap {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1, but is " + dimension);
    }
  }

  /**
   * F(γ).
   *
   * @param growth γ, at least 1
   */
  @Equation({"6.3.11-sec-a", "6.3.11-sec-c"})
  public double share(double growth) {
    requireGrowth(growth);
    double centre = Math.sqrt(2.0 * dimension) * (growth - 1);
    return Erf.erf((centre - 3 * growth) / Math.sqrt(2), (centre + 3 * growth) / Math.sqrt(2)) / 2;
  }

  /**
   * The γ at which F(γ) is a given share: 1.0398 for ½ and D = 3072. The thesis takes 1.0376, where
   * F is 0.566.
   *
   * @param share above 0 and below F(1) = 0.9973
   */
  @Equation("6.3.11-sec-b")
  public double growth(double share) {
    if (!(share > 0 && share < share(1))) {
      throw new IllegalArgumentException(
          "share must be above 0 and below %s, but is %s".formatted(share(1), share));
    }
    double root = Math.sqrt(2.0 * dimension);
    double high = 2;
    while (share(high) > share) {
      high *= 2;
      if (high > 1e6) {
        throw new IllegalArgumentException(
            "share must be one that scales of dimension "
                + dimension
                + " can have, but at any growth more than "
                + share
                + " overlaps; sqrt(2 D) = "
                + root
                + " has to be well above 3");
      }
    }
    return new BrentSolver(1e-14, 1e-14).solve(200, g -> share(g) - share, 1, high);
  }

  /**
   * How many scales a geometric series from the smallest to the largest has if each is γ times the
   * one before: 1 + log(largest / smallest) / log γ, as a real number.
   *
   * @param smallest σ₁, positive
   * @param largest σ_L, above σ₁ and finite
   * @param growth γ, above 1
   */
  @Equation("6.3.11-sec-b")
  public static double levels(double smallest, double largest, double growth) {
    requireGrowth(growth);
    if (growth == 1) {
      throw new IllegalArgumentException(
          "growth must be above 1, since equal scales never reach the largest, but is " + growth);
    }
    if (!(smallest > 0 && largest > smallest && largest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "smallest must be positive and below largest, which is finite, but they are %s and %s"
              .formatted(smallest, largest));
    }
    return 1 + Math.log(largest / smallest) / Math.log(growth);
  }

  /**
   * The geometric series with at least a given share between neighbours.
   *
   * @param smallest σ₁
   * @param largest σ_L
   * @param share F(γ) at least; Song and Ermon take ½
   */
  public NoiseScales scales(double smallest, double largest, double share) {
    double levels = Math.ceil(levels(smallest, largest, growth(share)) - 1e-9);
    return NoiseScales.geometric(Math.max(2, (int) levels), smallest, largest);
  }

  private static void requireGrowth(double growth) {
    if (!(growth >= 1 && growth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("growth must be at least 1 and finite, but is " + growth);
    }
  }
}
