package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * From data to noise: x_t = √ᾱ_t x₀ + √(1 − ᾱ_t) √Σ ε with white ε; Σ = I in chapter 2.
 *
 * <p>√Σ is the symmetric root, not a Cholesky factor L: with L the law of x_t is the same, but the
 * score would be −L⁻ᵀ ε / √(1 − ᾱ_t).
 *
 * <p>Arrays x have shape (batch, sample...). A step is an int for the whole batch, or one per
 * sample as an {@code int[]}.
 *
 * @param schedule β and ᾱ
 * @param noise the distribution N(0, Σ) of one sample
 */
@Equation({"7.2.2", "7.2.3", "7.2.5"})
public record ForwardProcess(NoiseSchedule schedule, GaussianNoise noise) {

  /** White noise, as in chapter 2. */
  public ForwardProcess(NoiseSchedule schedule) {
    this(schedule, new WhiteNoise());
  }

  /** One transition x_t = √(1 − β_t) x_(t−1) + √β_t √Σ ε. */
  @Equation({"2.4.1", "2.4.2", "6.2.1", "7.2.1"})
  public NDArray transition(NDArray previous, int t, NDArray epsilon) {
    Arguments.requireSameShape(previous, "previous", epsilon, "epsilon");
    double beta = schedule.beta(t);
    return Scalars.axpy(
        Math.sqrt(beta), noise.sqrt(epsilon), Scalars.scale(previous, Math.sqrt(1 - beta)));
  }

  /** Jumps from x₀ to x_t in one go. */
  @Equation({"2.4.5", "6.2.2", "6.2.3", "6.2.27"})
  public NDArray diffuse(NDArray x0, int t, NDArray epsilon) {
    Arguments.requireSameShape(x0, "x0", epsilon, "epsilon");
    double alphaBar = schedule.alphaBar(t);
    return Scalars.axpy(
        Math.sqrt(1 - alphaBar), noise.sqrt(epsilon), Scalars.scale(x0, Math.sqrt(alphaBar)));
  }

  /** Jumps from x₀ to x_t with a step of its own for each sample. */
  @Equation({"2.4.5", "6.2.3", "7.2.2"})
  public NDArray diffuse(NDArray x0, int[] t, NDArray epsilon) {
    Arguments.requireSameShape(x0, "x0", epsilon, "epsilon");
    double[] signal = new double[t.length];
    double[] deviation = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      signal[i] = Math.sqrt(schedule.alphaBar(t[i]));
      deviation[i] = Math.sqrt(1 - schedule.alphaBar(t[i]));
    }
    NDArray clean = x0.mul(Tensors.perSample(signal, x0));
    return clean.add(noise.sqrt(epsilon).mul(Tensors.perSample(deviation, x0)));
  }

  /** The white ε that led from x₀ to x_t; t from 1. */
  @Equation({"2.4.6", "6.2.3"})
  public NDArray noiseBetween(NDArray x0, NDArray xt, int t) {
    return Scalars.scale(noise.inverseSqrt(residual(x0, xt, t)), 1 / deviation(t));
  }

  /** ∇ log p_t(x_t | x₀) = −Σ⁻¹ (x_t − √ᾱ_t x₀) / (1 − ᾱ_t); t from 1. */
  @Equation({"2.4.8", "6.2.4", "6.2.30", "6.2.31"})
  public NDArray score(NDArray x0, NDArray xt, int t) {
    return Scalars.scale(noise.precision(residual(x0, xt, t)), -1 / (1 - schedule.alphaBar(t)));
  }

  /** The score that belongs to a noise: −Σ^(−1/2) ε / √(1 − ᾱ_t); t from 1. */
  @Equation({"2.4.9", "2.4.17", "6.2.4", "6.2.11"})
  public NDArray scoreOfNoise(NDArray epsilon, int t) {
    return Scalars.scale(noise.inverseSqrt(epsilon), -1 / deviation(t));
  }

  /**
   * log p_t(x_t | x₀) of each sample; t from 1.
   *
   * @return (batch)
   */
  @Equation({"2.4.4", "2.4.7", "6.2.2", "6.2.4-deriv"})
  public NDArray logDensity(NDArray x0, NDArray xt, int t) {
    NDArray r = residual(x0, xt, t);
    long batch = r.getShape().get(0);
    long dimension = r.size() / batch;
    NDArray square = r.mul(noise.precision(r)).reshape(batch, dimension).sum(new int[] {1});
    double variance = 1 - schedule.alphaBar(t);
    double constant =
        -0.5
            * (dimension * Math.log(2 * Math.PI * variance)
                + noise.logDeterminant(r.getShape().slice(1)));
    return Scalars.add(Scalars.scale(square, -0.5 / variance), constant);
  }

  /** x̂₀ = (x_t − √(1 − ᾱ_t) √Σ ε) / √ᾱ_t: the clean sample that a noise implies; t from 1. */
  @Equation({"2.4.23", "2.4.25", "6.2.15", "6.2.23"})
  public NDArray denoisedEstimate(NDArray xt, NDArray epsilon, int t) {
    Arguments.requireSameShape(xt, "xt", epsilon, "epsilon");
    NDArray clean = Scalars.axpy(-deviation(t), noise.sqrt(epsilon), xt);
    return Scalars.scale(clean, 1 / Math.sqrt(schedule.alphaBar(t)));
  }

  /**
   * Mean μ̃ of q(x_(t−1) | x_t, x₀) = √ᾱ_(t−1) β_t / (1 − ᾱ_t) x₀ + √(1 − β_t) (1 − ᾱ_(t−1)) / (1 −
   * ᾱ_t) x_t; its covariance is {@link NoiseSchedule#betaTilde} Σ.
   */
  @Equation({"2.4.19", "2.4.20", "2.4.21", "6.2.17"})
  public NDArray posteriorMean(NDArray x0, NDArray xt, int t) {
    Arguments.requireSameShape(x0, "x0", xt, "xt");
    double previous = schedule.alphaBar(t - 1);
    double left = 1 - schedule.alphaBar(t);
    double beta = schedule.beta(t);
    double ofClean = Math.sqrt(previous) * beta / left;
    double ofNoisy = Math.sqrt(1 - beta) * (1 - previous) / left;
    return Scalars.axpy(ofClean, x0, Scalars.scale(xt, ofNoisy));
  }

  /**
   * E[x₀ | x_t] = (x_t + (1 − ᾱ_t) Σ s) / √ᾱ_t: the expected denoised sample that belongs to the
   * score s of the marginal p_t(x_t), by Tweedie's formula. The thesis prints it without 1 / √ᾱ_t.
   * Turned round, s is {@link #score} with E[x₀ | x_t] in place of x₀; t from 1.
   */
  @Equation({"2.4.41", "2.4.42", "2.4.43", "6.2.32"})
  public NDArray expectedDenoised(NDArray xt, NDArray score, int t) {
    Arguments.requireSameShape(xt, "xt", score, "score");
    double variance = deviation(t) * deviation(t);
    NDArray clean = Scalars.axpy(variance, noise.covariance(score), xt);
    return Scalars.scale(clean, 1 / Math.sqrt(schedule.alphaBar(t)));
  }

  /** Where the samplers start: N(0, Σ), drawn for the last step of the full schedule. */
  NDArray pureNoise(Shape sample, int count, Seeds seeds) {
    try (Scope scope = Scope.open()) {
      int last = schedule.label(schedule.steps());
      return scope.keep(noise.sample(seeds, last, sample, count));
    }
  }

  private NDArray residual(NDArray x0, NDArray xt, int t) {
    Arguments.requireSameShape(x0, "x0", xt, "xt");
    deviation(t);
    return Scalars.axpy(-Math.sqrt(schedule.alphaBar(t)), x0, xt);
  }

  private double deviation(int t) {
    if (t < 1) {
      throw new IllegalArgumentException(
          "t must be at least 1, since x at step 0 holds no noise, but is " + t);
    }
    return Math.sqrt(1 - schedule.alphaBar(t));
  }
}
