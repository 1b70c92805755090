package condgen.diffusion;

import condgen.thesis.Equation;
import java.util.Locale;

/**
 * The scales of score matching with Langevin dynamics: 0 &lt; σ₁ &lt; … &lt; σ_L, and σ₀ = 0.
 *
 * <p>Numbers are doubles; levels run from 1 to L, from the least noise to the most. The thesis also
 * asks for σ_L &lt; 1; what is needed is the opposite, a σ_L that is large against the data, so
 * that the noisiest level is nearly pure noise. Papers and their code often number the scales from
 * the most noise down.
 */
@Equation("6.3.1-text")
public final class NoiseScales {

  private final double[] sigma;

  private NoiseScales(double[] sigma) {
    this.sigma = sigma;
    for (int i = 1; i < sigma.length; i++) {
      if (!(sigma[i] > sigma[i - 1]) || Double.isInfinite(sigma[i])) {
        throw new IllegalArgumentException(
            "sigma must be positive, finite and rising, but sigma of level %d is %s after %s"
                .formatted(i, sigma[i], sigma[i - 1]));
      }
    }
  }

  /**
   * Given scales σ₁ … σ_L.
   *
   * @throws IllegalArgumentException unless they are positive, finite and rising
   */
  public static NoiseScales of(double... sigma) {
    if (sigma.length == 0) {
      throw new IllegalArgumentException("sigma must hold at least one number, but is empty");
    }
    double[] all = new double[sigma.length + 1];
    System.arraycopy(sigma, 0, all, 1, sigma.length);
    return new NoiseScales(all);
  }

  /**
   * A geometric series, each scale the same multiple of the one before.
   *
   * @param levels L, at least 2
   * @param smallest σ₁, positive
   * @param largest σ_L, above σ₁
   */
  public static NoiseScales geometric(int levels, double smallest, double largest) {
    if (levels < 2) {
      throw new IllegalArgumentException("levels must be at least 2, but is " + levels);
    }
    if (!(smallest > 0 && largest > smallest)) {
      throw new IllegalArgumentException(
          "smallest must be positive and below largest, but they are "
              + smallest
              + " and "
              + largest);
    }
    double[] sigma = new double[levels + 1];
    double growth = Math.log(largest / smallest) / (levels - 1);
    for (int i = 1; i < levels; i++) {
      sigma[i] = smallest * Math.exp(growth * (i - 1));
    }
    sigma[levels] = largest;
    return new NoiseScales(sigma);
  }

  /** L. */
  public int levels() {
    return sigma.length - 1;
  }

  /** σ_i, i from 0 to L; σ₀ = 0. */
  public double sigma(int i) {
    if (i < 0 || i > levels()) {
      throw new IllegalArgumentException(
          "i must be a level from 0 to " + levels() + ", but is " + i);
    }
    return sigma[i];
  }

  /** σ₁, called σ_min where the samplers set their step sizes. */
  public double smallest() {
    return sigma[1];
  }

  /** σ_L, or σ_max. */
  public double largest() {
    return sigma[levels()];
  }

  /**
   * γ_i = σ_i / σ_(i−1), above 1 and constant in a geometric series. (Where the thesis introduces
   * the series it calls the inverse γ.)
   *
   * @param i from 2 to L
   */
  @Equation("2.5.7-text")
  public double growth(int i) {
    if (i < 2) {
      throw new IllegalArgumentException(
          "i must be at least 2, since sigma of level 0 is 0, but is " + i);
    }
    return sigma(i) / sigma[i - 1];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d scales, sigma from %.4g to %.4g", levels(), smallest(), largest());
  }
}
