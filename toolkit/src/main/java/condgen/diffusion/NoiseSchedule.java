package condgen.diffusion;

import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How much noise each step adds: 0 &lt; β₁, …, β_L &lt; 1, and what follows from it.
 *
 * <p>Numbers are doubles; steps run from 1 to L, and ᾱ₀ = 1. A sub-sequence of the steps is a
 * schedule too, with fewer and larger steps between the same levels; it remembers which steps they
 * were, since a network is told those.
 */
public final class NoiseSchedule {

  private final double[] beta;
  private final double[] alphaBar;
  private final int[] label;
  private final NoiseSchedule full;

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
    label = IntStream.rangeClosed(0, beta.length).toArray();
    full = this;
  }

  private NoiseSchedule(double[] beta, double[] alphaBar, int[] label, NoiseSchedule full) {
    this.beta = beta;
    this.alphaBar = alphaBar;
    this.label = label;
    this.full = full == null ? this : full;
  }

  /** A schedule of given β₁ … β_L. */
  public static NoiseSchedule of(double... beta) {
    if (beta.length == 0) {
      throw new IllegalArgumentException("beta must hold at least one number, but is empty");
    }
    return new NoiseSchedule(beta);
  }

  /**
   * β and ᾱ at steps 0 … L exactly as a reference has rounded them, and the labels of the steps.
   */
  static NoiseSchedule asRounded(double[] beta, double[] alphaBar, int[] label) {
    return new NoiseSchedule(beta, alphaBar, label, null);
  }

  /** A schedule of given ᾱ₁ … ᾱ_L, kept as they are. */
  private static NoiseSchedule ofAlphaBar(double[] alphaBar, int[] label, NoiseSchedule full) {
    double[] beta = new double[alphaBar.length];
    for (int t = 1; t < alphaBar.length; t++) {
      beta[t] = 1 - alphaBar[t] / alphaBar[t - 1];
      if (!(beta[t] > 0 && beta[t] < 1)) {
        throw new IllegalArgumentException(
            "alphaBar must fall at every step and stay above 0, but is "
                + alphaBar[t]
                + " at step "
                + t
                + " after "
                + alphaBar[t - 1]);
      }
    }
    return new NoiseSchedule(beta, alphaBar, label, full);
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

  /**
   * The schedule of Nichol and Dhariwal (2021): ᾱ_t = f(t/L) / f(0) with f(u) = cos²((u + 0.008) /
   * 1.008 · π/2), without their limit on β. π/2 is the float32 number, as in the released code, so
   * that ᾱ_L is 1.9e−15; with the exact π/2 it would be 0 and the way back from x_L undefined.
   *
   * @param steps L, at least 1
   */
  public static NoiseSchedule cosine(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    double[] alphaBar = new double[steps + 1];
    for (int t = 0; t <= steps; t++) {
      alphaBar[t] = squaredCosine((double) t / steps) / squaredCosine(0);
    }
    return ofAlphaBar(alphaBar, IntStream.rangeClosed(0, steps).toArray(), null);
  }

  private static double squaredCosine(double u) {
    double cosine = Math.cos((u + 0.008) / 1.008 * (float) (Math.PI / 2));
    return cosine * cosine;
  }

  /**
   * The schedule whose noise-to-signal ratios are given scales: ᾱ_t = 1 / (1 + σ_t²), so that x_t /
   * √ᾱ_t = x₀ + σ_t ε, the sample of section 2.5.
   *
   * @param sigmas σ₁ &lt; … &lt; σ_L, positive
   */
  public static NoiseSchedule fromSigmas(double... sigmas) {
    if (sigmas.length == 0) {
      throw new IllegalArgumentException("sigmas must hold at least one number, but is empty");
    }
    double[] alphaBar = new double[sigmas.length + 1];
    alphaBar[0] = 1;
    for (int t = 1; t < alphaBar.length; t++) {
      double before = t == 1 ? 0 : sigmas[t - 2];
      if (!(sigmas[t - 1] > before) || sigmas[t - 1] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "sigmas must be finite and rise from above 0, but "
                + before
                + " is followed by "
                + sigmas[t - 1]);
      }
      alphaBar[t] = 1 / (1 + sigmas[t - 1] * sigmas[t - 1]);
    }
    return ofAlphaBar(alphaBar, IntStream.rangeClosed(0, sigmas.length).toArray(), null);
  }

  /**
   * Some of the steps only, with ᾱ as before and β = 1 − ᾱ_t / ᾱ_s for a step t and the kept step s
   * below it.
   *
   * @param steps ascending, each from 1 to L
   */
  public NoiseSchedule subsequence(int... steps) {
    if (steps.length == 0) {
      throw new IllegalArgumentException("steps must hold at least one step, but is empty");
    }
    double[] kept = new double[steps.length + 1];
    int[] labels = new int[steps.length + 1];
    kept[0] = 1;
    for (int i = 0; i < steps.length; i++) {
      if (i > 0 && steps[i] <= steps[i - 1]) {
        throw new IllegalArgumentException(
            "steps must be ascending, but came " + Arrays.toString(steps));
      }
      kept[i + 1] = alphaBar(check(steps[i], 1));
      labels[i + 1] = label[steps[i]];
    }
    return ofAlphaBar(kept, labels, full);
  }

  /**
   * The steps L, L − skip, L − 2 skip, … above 0.
   *
   * @param skip at least 1
   */
  public NoiseSchedule every(int skip) {
    if (skip < 1) {
      throw new IllegalArgumentException("skip must be at least 1, but is " + skip);
    }
    int count = (steps() + skip - 1) / skip;
    int first = steps() - (count - 1) * skip;
    return subsequence(IntStream.range(0, count).map(i -> first + i * skip).toArray());
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
  @Equation({"2.4.21", "6.2.16", "6.2.17", "7.2.3"})
  public double betaTilde(int t) {
    check(t, 1);
    return (1 - alphaBar[t - 1]) / (1 - alphaBar[t]) * beta[t];
  }

  /**
   * What a network is told at step t from 0 to L: t itself, or of which step of the full schedule.
   */
  public int label(int t) {
    return label[check(t, 0)];
  }

  /** The schedule that this one is a sub-sequence of, or itself. */
  public NoiseSchedule full() {
    return full;
  }

  /** ᾱ at a time between the steps: log ᾱ is interpolated linearly; t from 0 to L. */
  public double alphaBarBetween(double t) {
    if (!(t >= 0 && t <= steps())) {
      throw new IllegalArgumentException("t must lie from 0 to " + steps() + ", but is " + t);
    }
    int below = (int) Math.floor(t);
    double share = t - below;
    return share == 0
        ? alphaBar[below]
        : Math.pow(alphaBar[below], 1 - share) * Math.pow(alphaBar[below + 1], share);
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
