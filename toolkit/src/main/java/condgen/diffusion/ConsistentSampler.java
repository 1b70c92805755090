package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * From noise to samples by consistent annealed sampling, Jolicoeur-Martineau et al. (2021b): one
 * step per level, x_(i−1) = x_i + α_i Σ s + β_i σ_(i−1) √Σ z with α_i = η σ_i² and β_i = √(1 − γ_i²
 * (1 − η)²), so that x_(i−1) has just the noise that its level asks for if the score is right.
 *
 * <p>γ_i = σ_i / σ_(i−1) is one number if the scales are a geometric series, and so is β_i, which
 * is not the β of DDPM. Since σ₀ = 0 the step from level 1 draws no noise and leaves the share 1 −
 * η of what there is; the sampler that denoises takes all of it away.
 *
 * <p>"If the score is right" holds for one data point. For other data a large η makes samples too
 * narrow, however many levels there are; with η = 1 − 1/γ², where α_i is σ_i² − σ_(i−1)², a step
 * back answers a step of the forward process, and many levels make the samples right.
 *
 * @param process the forward process, with the scales
 * @param eta η = ε / σ_min², how much of the noise a step takes away: from 1 − 1/γ, where it draws
 *     none anew, over 1, where it draws all of it anew, to 1 + 1/γ
 * @param denoise whether the step from level 1 goes to the expected denoised sample
 */
public record ConsistentSampler(ScaledNoise process, double eta, boolean denoise) {

  /**
   * Checks η.
   *
   * @throws IllegalArgumentException if β would not be real
   */
  public ConsistentSampler {
    NoiseScales scales = process.scales();
    double most =
        IntStream.rangeClosed(2, scales.levels()).mapToDouble(scales::growth).max().orElse(1);
    if (!(Math.abs(1 - eta) <= (1 + 1e-12) / most)) {
      throw new IllegalArgumentException(
          "eta must lie from 1 - 1/gamma = %.6g to 1 + 1/gamma = %.6g, but is %s"
              .formatted(1 - 1 / most, 1 + 1 / most, eta));
    }
  }

  /** With the last step to the expected denoised sample. */
  public ConsistentSampler(ScaledNoise process, double eta) {
    this(process, eta, true);
  }

  /** α_i = η σ_i². */
  @Equation({"2.5.11", "6.3.14"})
  public double alpha(int i) {
    double sigma = process.scales().sigma(i);
    return eta * sigma * sigma;
  }

  /** β_i = √(1 − γ_i² (1 − η)²), i from 2 to L. */
  @Equation({"2.5.11", "2.5.7-text", "6.3.14"})
  public double beta(int i) {
    double kept = process.scales().growth(i) * (1 - eta);
    return Math.sqrt(Math.max(0, 1 - kept * kept));
  }

  /**
   * One step from level i to i − 1: x − η σ_i √Σ ε_θ + β_i σ_(i−1) √Σ z.
   *
   * @param xi (batch, sample...)
   * @param i from L down to 1; at 1 no noise is added
   * @param epsilon the predicted noise, of xi's shape
   * @param z white noise, of xi's shape; unused at level 1
   * @return x_(i−1)
   */
  @Equation({"2.5.11", "6.3.14"})
  public NDArray step(NDArray xi, int i, NDArray epsilon, NDArray z) {
    NoiseScales scales = process.scales();
    double share = i == 1 && denoise ? 1 : eta;
    NDArray white = Scalars.scale(epsilon, -share * scales.sigma(i));
    if (i > 1) {
      white = Scalars.axpy(beta(i) * scales.sigma(i - 1), z, white);
    }
    return xi.add(process.noise().sqrt(white));
  }

  /**
   * Samples from pure noise N(0, σ_L² Σ); arguments as of {@link LangevinSampler#sample}. The
   * observer sees σ_i, the level left.
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
  @Equation({"2.5.11", "2.5.12", "6.3.14"})
  public NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    NoiseScales scales = process.scales();
    SamplingLoop.Step step =
        (x, n, scope) -> {
          int i = scales.levels() + 1 - n;
          NDArray predicted = SamplingLoop.predict(network, x, i);
          NDArray clean = process.denoisedEstimate(x, predicted, i);
          NDArray z = i == 1 ? null : GaussianNoise.white(seeds, n, sample, count);
          return new SamplingLoop.Result(scales.sigma(i), step(x, i, predicted, z), clean);
        };
    return SamplingLoop.run(
        process.pureNoise(sample, count, seeds), scales.levels(), step, observer);
  }
}
