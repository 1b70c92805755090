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
import java.util.stream.IntStream;

/**
 * From data to noise as in score matching with Langevin dynamics: x_i = x₀ + σ_i √Σ ε with white ε;
 * Σ = I in chapter 2, any other Σ is chapter 6. Nothing is scaled down, so x grows with the noise,
 * where {@link ForwardProcess} keeps its size.
 *
 * <p>Arrays x have shape (batch, sample...). A level is an int for the whole batch, or one per
 * sample as an {@code int[]}; it runs from 1 to L.
 *
 * @param scales σ
 * @param noise the distribution N(0, Σ) of one sample
 */
public record ScaledNoise(NoiseScales scales, GaussianNoise noise) {

  /** White noise, as in chapter 2. */
  public ScaledNoise(NoiseScales scales) {
    this(scales, new WhiteNoise());
  }

  /** Jumps from x₀ to x_i in one go. */
  @Equation({"2.5.1", "2.5.3", "6.3.1", "6.3.2"})
  public NDArray diffuse(NDArray x0, int i, NDArray epsilon) {
    Arguments.requireSameShape(x0, "x0", epsilon, "epsilon");
    return Scalars.axpy(scales.sigma(i), noise.sqrt(epsilon), x0);
  }

  /** Jumps from x₀ to x_i with a level of its own for each sample. */
  @Equation({"2.5.1", "6.3.2"})
  public NDArray diffuse(NDArray x0, int[] i, NDArray epsilon) {
    Arguments.requireSameShape(x0, "x0", epsilon, "epsilon");
    double[] sigma = IntStream.of(i).mapToDouble(scales::sigma).toArray();
    return x0.add(noise.sqrt(epsilon).mul(Tensors.perSample(sigma, x0)));
  }

  /** One transition x_i = x_(i−1) + √(σ_i² − σ_(i−1)²) √Σ ε; i from 1. */
  @Equation({"2.5.2", "6.3.3", "6.3.4"})
  public NDArray transition(NDArray previous, int i, NDArray epsilon) {
    Arguments.requireSameShape(previous, "previous", epsilon, "epsilon");
    double now = sigma(i);
    double before = scales.sigma(i - 1);
    double added = Math.sqrt((now - before) * (now + before));
    return Scalars.axpy(added, noise.sqrt(epsilon), previous);
  }

  /** The white ε that led from x₀ to x_i. */
  @Equation({"2.5.1", "6.3.2"})
  public NDArray noiseBetween(NDArray x0, NDArray xi, int i) {
    return Scalars.scale(noise.inverseSqrt(residual(x0, xi)), 1 / sigma(i));
  }

  /** ∇ log q(x_i | x₀) = −Σ⁻¹ (x_i − x₀) / σ_i². */
  @Equation({"2.5.4", "6.3.6"})
  public NDArray score(NDArray x0, NDArray xi, int i) {
    return Scalars.scale(noise.precision(residual(x0, xi)), -1 / (sigma(i) * sigma(i)));
  }

  /**
   * The score that belongs to a noise: −Σ^(−1/2) ε / σ_i. With the prediction of a network that is
   * not told the level ({@link NoisePredictor#unconditional}) it is Song and Ermon's (2020)
   * unconditional model.
   */
  @Equation({"2.5.4", "2.5.8", "6.3.6", "6.3.11"})
  public NDArray scoreOfNoise(NDArray epsilon, int i) {
    return Scalars.scale(noise.inverseSqrt(epsilon), -1 / sigma(i));
  }

  /** The noise that belongs to a score: −σ_i √Σ s; {@link #scoreOfNoise} turned round. */
  @Equation({"2.5.4", "6.3.6"})
  public NDArray noiseOfScore(NDArray score, int i) {
    return Scalars.scale(noise.sqrt(score), -sigma(i));
  }

  /**
   * log q(x_i | x₀) of each sample.
   *
   * @return (batch)
   */
  @Equation({"2.5.3", "6.3.1", "6.3.5"})
  public NDArray logDensity(NDArray x0, NDArray xi, int i) {
    NDArray r = residual(x0, xi);
    long batch = r.getShape().get(0);
    long dimension = r.size() / batch;
    double variance = sigma(i) * sigma(i);
    NDArray square = r.mul(noise.precision(r)).reshape(batch, dimension).sum(new int[] {1});
    double volume =
        dimension * Math.log(2 * Math.PI * variance) + noise.logDeterminant(r.getShape().slice(1));
    return Scalars.add(Scalars.scale(square, -0.5 / variance), -0.5 * volume);
  }

  /** x̂₀ = x_i − σ_i √Σ ε: the clean sample that a noise implies. */
  @Equation({"2.5.12", "6.3.15"})
  public NDArray denoisedEstimate(NDArray xi, NDArray epsilon, int i) {
    Arguments.requireSameShape(xi, "xi", epsilon, "epsilon");
    return Scalars.axpy(-sigma(i), noise.sqrt(epsilon), xi);
  }

  /**
   * E[x₀ | x_i] = x_i + σ_i² Σ s, the expected denoised sample, from the score s of the marginal of
   * x_i. Turned round, s is {@link #score} with E[x₀ | x_i] in place of x₀.
   */
  @Equation({"2.5.12", "6.3.15"})
  public NDArray expectedDenoised(NDArray xi, NDArray score, int i) {
    Arguments.requireSameShape(xi, "xi", score, "score");
    return Scalars.axpy(sigma(i) * sigma(i), noise.covariance(score), xi);
  }

  /** Where the samplers start: N(0, σ_L² Σ). */
  NDArray pureNoise(Shape sample, int count, Seeds seeds) {
    try (Scope scope = Scope.open()) {
      return scope.keep(Scalars.scale(noise.sample(seeds, 0, sample, count), scales.largest()));
    }
  }

  private static NDArray residual(NDArray x0, NDArray xi) {
    Arguments.requireSameShape(x0, "x0", xi, "xi");
    return xi.sub(x0);
  }

  private double sigma(int i) {
    if (i < 1) {
      throw new IllegalArgumentException(
          "i must be at least 1, since x at level 0 holds no noise, but is " + i);
    }
    return scales.sigma(i);
  }
}
