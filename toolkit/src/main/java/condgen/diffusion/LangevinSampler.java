package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples by annealed Langevin dynamics, Song and Ermon (2019, 2020): from the level
 * with the most noise down, M steps at each level i, x ← x + α_i Σ s + √(2α_i) √Σ z with α_i = (ε /
 * σ_min²) σ_i².
 *
 * <p>With Σ in both places the steps lead to the same distribution as for white noise; drift α s
 * with noise √Σ z would not (its stationary covariance has Σ² for Σ). Even so one level has no
 * exact end: where the density is a Gaussian of variance V, the steps lead to V / (1 − α / 2V).
 *
 * @param process the forward process, with the scales
 * @param innerSteps M, steps at each level
 * @param epsilon ε, the size α of the steps at the lowest level; below 2 σ_min²
 * @param denoise whether a last step takes away the noise of the lowest level
 */
public record LangevinSampler(
    ScaledNoise process, int innerSteps, double epsilon, boolean denoise) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless innerSteps is positive and ε is between 0 and 2 σ_min²,
   *     from where on the steps overshoot and diverge
   */
  public LangevinSampler {
    if (innerSteps < 1) {
      throw new IllegalArgumentException("innerSteps must be at least 1, but is " + innerSteps);
    }
    double least = process.scales().smallest();
    if (!(epsilon > 0 && epsilon < 2 * least * least)) {
      throw new IllegalArgumentException(
          "epsilon must be positive and below 2 sigma_min^2 = "
              + 2 * least * least
              + ", but is "
              + epsilon);
    }
  }

  /** With the last step. */
  public LangevinSampler(ScaledNoise process, int innerSteps, double epsilon) {
    this(process, innerSteps, epsilon, true);
  }

  /** α_i = ε σ_i² / σ_min². */
  @Equation({"2.5.10", "6.3.13"})
  public double alpha(int i) {
    double ratio = process.scales().sigma(i) / process.scales().smallest();
    return epsilon * ratio * ratio;
  }

  /**
   * One step at level i: x − (α_i / σ_i) √Σ ε_θ + √(2α_i) √Σ z.
   *
   * @param x (batch, sample...)
   * @param i from L down to 1
   * @param epsilon the predicted noise, of x's shape
   * @param z white noise, of x's shape
   * @return the next x at the same level
   */
  @Equation({"2.5.10", "6.3.13"})
  public NDArray step(NDArray x, int i, NDArray epsilon, NDArray z) {
    double alpha = alpha(i);
    double drift = -alpha / process.scales().sigma(i);
    NDArray white = Scalars.axpy(Math.sqrt(2 * alpha), z, Scalars.scale(epsilon, drift));
    return x.add(process.noise().sqrt(white));
  }

  /**
   * Samples from pure noise N(0, σ_L² Σ). Sample i depends on (seeds, i) alone, not on how many are
   * drawn with it. The observer sees σ_i as the level, and one more step if this denoises.
   *
   * @param network ε_θ, with the level i as its t
   * @param sample shape of one sample
   * @param count how many
   * @param seeds seeds of this draw
   * @param observer sees each step
   * @return (count, sample...), in the enclosing scope
   * @throws IllegalStateException if the network's output is not finite
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  @Equation({"2.5.10", "2.5.12", "6.3.13"})
  public NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    NoiseScales scales = process.scales();
    int steps = scales.levels() * innerSteps;
    SamplingLoop.Step step =
        (x, n, scope) -> {
          int i = Math.max(scales.levels() - (n - 1) / innerSteps, 1);
          NDArray predicted = SamplingLoop.predict(network, x, i);
          NDArray clean = process.denoisedEstimate(x, predicted, i);
          NDArray next =
              n > steps
                  ? clean
                  : step(x, i, predicted, GaussianNoise.white(seeds, n, sample, count));
          return new SamplingLoop.Result(scales.sigma(i), next, clean);
        };
    return SamplingLoop.run(
        process.pureNoise(sample, count, seeds), denoise ? steps + 1 : steps, step, observer);
  }
}
