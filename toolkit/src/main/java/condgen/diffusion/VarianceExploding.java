package condgen.diffusion;

import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.thesis.Equation;

/**
 * The variance-exploding equation dx = √(dσ²/dt) √Σ dw with σ rising geometrically, σ(t) = σ(0)
 * (σ(1) / σ(0))ᵗ, the limit of SMLD for many scales.
 *
 * <p>Here σ(0) is small but not 0, so the variance added up to t is σ²(t) − σ²(0).
 *
 * @param sigmaMin σ(0), positive
 * @param sigmaMax σ(1), above σ(0); about the greatest distance between two data points
 * @param noise N(0, Σ)
 */
public record VarianceExploding(double sigmaMin, double sigmaMax, GaussianNoise noise)
    implements DiffusionSde {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that does not fit
   */
  public VarianceExploding {
    if (!(sigmaMin > 0 && sigmaMax > sigmaMin) || Double.isInfinite(sigmaMax)) {
      throw new IllegalArgumentException(
          "sigmaMin must be positive and sigmaMax finite and above it, but they are "
              + sigmaMin
              + " and "
              + sigmaMax);
    }
    if (noise == null) {
      throw new IllegalArgumentException("noise must be given, but is null");
    }
  }

  /** White noise. */
  public VarianceExploding(double sigmaMin, double sigmaMax) {
    this(sigmaMin, sigmaMax, new WhiteNoise());
  }

  /** σ(t). */
  public double sigma(double t) {
    return sigmaMin * Math.pow(sigmaMax / sigmaMin, DiffusionSde.requireTime(t));
  }

  /** σ²(to) − σ²(from): the variance that a step adds. */
  @Equation({"2.5.15", "6.3.18"})
  public double addedVariance(double from, double to) {
    double start = sigma(from);
    DiffusionSde.requireTime(to);
    return start * start * Math.expm1(2 * (to - from) * Math.log(sigmaMax / sigmaMin));
  }

  /** 0: nothing pulls. */
  @Override
  @Equation({"2.5.13", "2.5.16", "6.3.21"})
  public double driftRate(double t) {
    DiffusionSde.requireTime(t);
    return 0;
  }

  /** √(dσ²/dt) = σ(t) √(2 log(σ(1) / σ(0))). */
  @Override
  @Equation({"2.5.13", "2.5.17", "6.3.16", "6.3.23"})
  public double diffusionCoefficient(double t) {
    return sigma(t) * Math.sqrt(2 * Math.log(sigmaMax / sigmaMin));
  }

  /** 1: the mean stays. */
  @Override
  @Equation({"2.5.14", "2.5.16", "6.3.22"})
  public double meanFactor(double t) {
    DiffusionSde.requireTime(t);
    return 1;
  }

  /** √(σ²(t) − σ²(0)). The thesis prints σ(t), which holds when σ(0) = 0. */
  @Override
  @Equation({"2.5.14", "2.5.17", "6.3.17", "6.3.24"})
  public double deviation(double t) {
    return Math.sqrt(addedVariance(0, t));
  }
}
