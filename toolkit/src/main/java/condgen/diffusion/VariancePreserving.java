package condgen.diffusion;

import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.thesis.Equation;

/**
 * The variance-preserving equation dx = −½ β(t) x dt + √β(t) √Σ dw with β rising linearly, the
 * limit of DDPM for many steps. The thesis calls it NIVP when Σ is not I.
 *
 * @param betaMin β(0), positive
 * @param betaMax β(1), at least β(0)
 * @param noise N(0, Σ)
 */
@Equation({"6.2.33", "6.2.34", "6.4.24", "6.4.25"})
public record VariancePreserving(double betaMin, double betaMax, GaussianNoise noise)
    implements DiffusionSde {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that does not fit
   */
  public VariancePreserving {
    if (!(betaMin > 0 && betaMax >= betaMin) || Double.isInfinite(betaMax)) {
      throw new IllegalArgumentException(
          "betaMin must be positive and betaMax finite and at least as large, but they are "
              + betaMin
              + " and "
              + betaMax);
    }
    if (noise == null) {
      throw new IllegalArgumentException("noise must be given, but is null");
    }
  }

  /** White noise. */
  public VariancePreserving(double betaMin, double betaMax) {
    this(betaMin, betaMax, new WhiteNoise());
  }

  /** The usual numbers, β from 0.1 to 20: those of {@link NoiseSchedule#ddpm()}. */
  public VariancePreserving() {
    this(0.1, 20);
  }

  /** β(t) = β(0) + t (β(1) − β(0)). */
  @Equation("2.4.68")
  public double beta(double t) {
    return betaMin + DiffusionSde.requireTime(t) * (betaMax - betaMin);
  }

  /** ∫₀ᵗ β(s) ds = t β(0) + ½ t² (β(1) − β(0)). */
  @Equation({"2.4.62", "2.4.63", "2.4.68"})
  public double betaIntegral(double t) {
    return DiffusionSde.requireTime(t) * betaMin + t * t / 2 * (betaMax - betaMin);
  }

  /** −½ β(t). */
  @Override
  @Equation({"2.4.44", "2.4.54", "2.4.55", "6.2.33"})
  public double driftRate(double t) {
    return -0.5 * beta(t);
  }

  /** √β(t). */
  @Override
  @Equation({"2.4.44", "2.4.59", "2.4.60", "6.2.33"})
  public double diffusionCoefficient(double t) {
    return Math.sqrt(beta(t));
  }

  /** e^(−½ ∫β). */
  @Override
  @Equation({"2.4.45", "2.4.56", "2.4.58", "6.2.34"})
  public double meanFactor(double t) {
    return Math.exp(-0.5 * betaIntegral(t));
  }

  /** √(1 − e^(−∫β)). */
  @Override
  @Equation({"2.4.45", "2.4.67", "6.2.34"})
  public double deviation(double t) {
    return Math.sqrt(-Math.expm1(-betaIntegral(t)));
  }

  /**
   * The chain of steps whose limit this is: β_i = β(t_i) Δt with t_i = i / steps and Δt = 1 /
   * steps.
   *
   * @param steps so many that every β_i is below 1
   * @throws IllegalArgumentException when a β_i is not
   */
  @Equation({"2.4.46", "2.4.47", "6.2.35"})
  public NoiseSchedule chain(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    double[] beta = new double[steps];
    for (int i = 1; i <= steps; i++) {
      beta[i - 1] = beta((double) i / steps) / steps;
    }
    return NoiseSchedule.of(beta);
  }

  /**
   * One step of that chain to first order in Δt, from t: the factors of x and of the noise.
   *
   * @return 1 − ½ β(t) Δt and √(β(t) Δt)
   */
  @Equation({"2.4.48", "2.4.49", "6.2.35"})
  public double[] shortStep(double t, double dt) {
    return new double[] {1 - 0.5 * beta(t) * dt, Math.sqrt(beta(t) * dt)};
  }
}
