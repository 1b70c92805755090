package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.noise.GaussianNoise;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * The losses of DDPM: how far a predicted noise or score is from the true one.
 *
 * @param process the forward process
 * @param lossWeight in which directions an error counts; no matter with white noise
 */
@Equation("7.2.4")
public record NoiseMatching(ForwardProcess process, LossWeight lossWeight) {

  /**
   * Checks that both are there.
   *
   * @throws IllegalArgumentException if one is null
   */
  public NoiseMatching {
    if (process == null || lossWeight == null) {
      throw new IllegalArgumentException(
          "process and lossWeight must not be null, but are " + process + " and " + lossWeight);
    }
  }

  /** Every direction of the white noise ε counts alike, as in the released code. */
  public NoiseMatching(ForwardProcess process) {
    this(process, LossWeight.WHITENED);
  }

  /**
   * E‖W (ε − ε_θ(x_t, t))‖², the mean over the batch of the squared norm; W is I, Σ^(−1/2) or √Σ by
   * the {@link LossWeight}. It grows with the number D of dimensions: with W = I a network that
   * always answers 0 has loss D. Twice {@link #weightedScoreLoss}.
   *
   * @param network ε_θ
   * @param x0 (batch, sample...)
   * @param t a step per sample
   * @param epsilon white noise, of x0's shape
   * @return 0-d
   */
  @Equation({"2.4.18", "6.2.12", "6.2.13", "6.2.14"})
  public NDArray loss(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    NDArray difference = difference(network, x0, t, epsilon);
    return Scalars.scale(difference.mul(difference).sum(), 1.0 / t.length);
  }

  private NDArray difference(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    Arguments.requireShape(x0, "x0", withBatch(x0, t.length));
    NDArray xt = process.diffuse(x0, t, epsilon);
    NDArray predicted = network.predict(xt, steps(t));
    Arguments.requireSameShape(epsilon, "epsilon", predicted, "the network's output");
    return lossWeight.apply(process.noise(), epsilon.sub(predicted));
  }

  /**
   * The {@link #loss} divided by D. Always answering 0 then has loss tr(W²) / D at any image size:
   * 1 with W = I, and 1 with W = √Σ for a noise whose pixels have variance 1.
   */
  public NDArray lossPerDimension(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    double dimension = (double) x0.size() / x0.getShape().get(0);
    return Scalars.scale(loss(network, x0, t, epsilon), 1 / dimension);
  }

  /**
   * ½ E‖s + Σ⁻¹ (x_t − √ᾱ_t x₀) / (1 − ᾱ_t)‖², the mean over the batch at one step, whatever the
   * {@link LossWeight}.
   *
   * @param score s_θ(x_t), of x0's shape
   */
  @Equation({"2.4.10", "6.2.5"})
  public NDArray scoreLoss(NDArray score, NDArray x0, NDArray xt, int t) {
    NDArray difference = residual(score, x0, xt, t);
    return Scalars.scale(difference.mul(difference).sum(), 0.5 / x0.getShape().get(0));
  }

  /**
   * ½ E[rᵀ λ r] with the residual r = s + Σ⁻¹ (x_t − √ᾱ_t x₀) / (1 − ᾱ_t) of {@link #scoreLoss} and
   * the λ of the {@link LossWeight}, the mean over the batch at one step. The thesis prints its
   * three cases without the ½.
   *
   * @param score s_θ(x_t), of x0's shape
   */
  @Equation({"6.2.7", "6.2.8", "6.2.9", "6.2.10"})
  public NDArray weightedScoreLoss(NDArray score, NDArray x0, NDArray xt, int t) {
    GaussianNoise noise = process.noise();
    NDArray weighted = lossWeight.apply(noise, noise.sqrt(residual(score, x0, xt, t)));
    double factor = 0.5 * weight(t) / x0.getShape().get(0);
    return Scalars.scale(weighted.mul(weighted).sum(), factor);
  }

  private NDArray residual(NDArray score, NDArray x0, NDArray xt, int t) {
    Arguments.requireSameShape(score, "score", x0, "x0");
    return score.sub(process.score(x0, xt, t));
  }

  /**
   * ½ E λ(t) ‖W (ε − ε_θ)‖² / (1 − ᾱ_t), the mean over the batch, for a network that predicts the
   * noise; W as in {@link #loss}. With {@link LossWeight#SCORE}, or white noise, that is E λ(t) ℓ
   * with the ℓ of {@link #scoreLoss}. With {@code this::weight} it is half the {@link #loss}; with
   * {@code t -> 1} every level counts as its score does, those with little noise by far the most.
   *
   * @param network ε_θ
   * @param x0 (batch, sample...)
   * @param t a step per sample
   * @param epsilon white noise, of x0's shape
   * @param lambda λ as a function of t
   * @return 0-d
   */
  @Equation({"2.4.11", "6.2.7"})
  public NDArray overallLoss(
      NoisePredictor network, NDArray x0, int[] t, NDArray epsilon, IntToDoubleFunction lambda) {
    double[] factor = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      factor[i] = 0.5 * lambda.applyAsDouble(t[i]) / weight(t[i]);
    }
    NDArray difference = difference(network, x0, t, epsilon);
    NDArray square = difference.mul(difference);
    return Scalars.scale(square.mul(Tensors.perSample(factor, x0)).sum(), 1.0 / t.length);
  }

  /**
   * E‖W (ε − ε_θ)‖₁, the mean over the batch of the sum of absolute differences; as {@link #loss}.
   */
  public NDArray absoluteLoss(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    return Scalars.scale(difference(network, x0, t, epsilon).abs().sum(), 1.0 / t.length);
  }

  /** λ(ᾱ_t) = 1 − ᾱ_t, which gives every noise level the same weight; part of every λ. */
  @Equation({"2.4.13", "2.4.14"})
  public double weight(int t) {
    return 1 - process.schedule().alphaBar(t);
  }

  /** Uniform steps from 1 to L for a batch, from (seeds, step) alone. */
  public int[] drawSteps(Seeds seeds, long step, int batch) {
    SplittableRandom random = seeds.part("steps").random(step);
    return random.ints(batch, 1, process.schedule().steps() + 1).toArray();
  }

  /** Steps as the (batch) float32 array that networks take. */
  static NDArray steps(int... t) {
    double[] values = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      values[i] = t[i];
    }
    return Tensors.of(values);
  }

  private static long[] withBatch(NDArray x0, int batch) {
    long[] shape = x0.getShape().getShape().clone();
    shape[0] = batch;
    return shape;
  }
}
