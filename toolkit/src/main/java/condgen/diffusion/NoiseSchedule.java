package condgen.diffusion;

import condgen.thesis.Equation;
import java.util.Locale;

/**
 * How much noise each step adds: 0 &lt; β₁, …, β_L &lt; 1, and what follows from it.
 *
 * <p>Numbers are doubles; steps run from 1 to L, and ᾱ₀ = 1.
 */
public final class NoiseSchedule {

  private final double[] beta;
  private final double[] alphaBar;

  private NoiseSchedule(double[] beta) {
    this.beta = new double[beta.length + 1];
    alphaBar = new double[beta.length + 1];
    alphaBar[0] = 1;
    for (int t = 1; t <= beta.length; t++) {
      if (!(beta[t - 1] > 0 && beta[t - 1] < 1)) {
        throw new IllegalArgumentException(
            "beta must lie between 0 and 1 at every step, but is " + beta[t - 1] + " at step " + t);
      }
      this.beta[t] = beta[t - 1];
      alphaBar[t] = alphaBar[t - 1] * (1 - beta[t - 1]);
    }
  }

  /** A schedule of given β₁ … β_L. */
  public static NoiseSchedule of(double... beta) {
    if (beta.length == 0) {
      throw new IllegalArgumentException("beta must hold at least one number, but is empty");
    }
    return new NoiseSchedule(beta);
  }

  /**
   * β rising linearly.
   *
   * @param steps L, at least 2
   * @param first β₁
   * @param last β_L
   */
  public static NoiseSchedule linear(int steps, double first, double last) {
    if (steps < 2) {
      throw new IllegalArgumentException("steps must be at least 2, but is " + steps);
    }
    double[] beta = new double[steps];
    for (int i = 0; i < steps; i++) {
      beta[i] = first + (last - first) * i / (steps - 1);
    }
    return new NoiseSchedule(beta);
  }

  /** The schedule of Ho et al. (2020): 1,000 steps from 0.0001 to 0.02. */
  public static NoiseSchedule ddpm() {
    return linear(1000, 1e-4, 0.02);
  }

  /**
   * The schedule of Ho et al. with fewer, larger steps: β scaled by 1000 / steps, so that ᾱ falls
   * along nearly the same curve.
   *
   * @param steps L, at least 21 (below that β would reach 1)
   */
  public static NoiseSchedule ddpm(int steps) {
    return linear(steps, 0.1 / steps, 20.0 / steps);
  }

  /** L. */
  public int steps() {
    return beta.length - 1;
  }

  /** β_t, t from 1 to L. */
  public double beta(int t) {
    return beta[check(t, 1)];
  }

  /** ᾱ_t = ∏ (1 − β_s) over s ≤ t, t from 0 to L. */
  @Equation("2.4.4")
  public double alphaBar(int t) {
    return alphaBar[check(t, 0)];
  }

  /**
   * β̃_(t−1) = (1 − ᾱ_(t−1)) / (1 − ᾱ_t) · β_t, the variance of the reverse step from t to t − 1.
   */
  @Equation("2.4.21")
  public double betaTilde(int t) {
    check(t, 1);
    return (1 - alphaBar[t - 1]) / (1 - alphaBar[t]) * beta[t];
  }

  private int check(int t, int first) {
    if (t < first || t > steps()) {
      throw new IllegalArgumentException(
          "t must be a step from " + first + " to " + steps() + ", but is " + t);
    }
    return t;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d steps, beta from %.4g to %.4g, alphaBar down to %.3g",
        steps(),
        beta[1],
        beta[steps()],
        alphaBar[steps()]);
  }
}
