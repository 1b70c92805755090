package condgen.diffusion;

import ai.djl.ndarray.NDArray;
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
 */
public record NoiseMatching(ForwardProcess process) {

  /**
   * E‖ε − ε_θ(x_t, t)‖², the mean over the batch of the squared norm. It grows with the number D of
   * dimensions: a network that always answers 0 has loss D.
   *
   * @param network ε_θ
   * @param x0 (batch, sample...)
   * @param t a step per sample
   * @param epsilon white noise, of x0's shape
   * @return 0-d
   */
  @Equation("2.4.18")
  public NDArray loss(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    NDArray difference = difference(network, x0, t, epsilon);
    return Scalars.scale(difference.mul(difference).sum(), 1.0 / t.length);
  }

  private NDArray difference(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    Arguments.requireShape(x0, "x0", withBatch(x0, t.length));
    NDArray xt = process.diffuse(x0, t, epsilon);
    NDArray predicted = network.predict(xt, steps(t));
    Arguments.requireSameShape(epsilon, "epsilon", predicted, "the network's output");
    return epsilon.sub(predicted);
  }

  /** The same divided by D, so that always answering 0 has loss 1 at any image size. */
  public NDArray lossPerDimension(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    double dimension = (double) x0.size() / x0.getShape().get(0);
    return Scalars.scale(loss(network, x0, t, epsilon), 1 / dimension);
  }

  /**
   * ½ E‖s + (x_t − √ᾱ_t x₀) / (1 − ᾱ_t)‖², the mean over the batch at one step.
   *
   * @param score s_θ(x_t), of x0's shape
   */
  @Equation("2.4.10")
  public NDArray scoreLoss(NDArray score, NDArray x0, NDArray xt, int t) {
    NDArray difference = score.sub(process.score(x0, xt, t));
    return Scalars.scale(difference.mul(difference).sum(), 0.5 / x0.getShape().get(0));
  }

  /**
   * E λ(t) ℓ with the ℓ of {@link #scoreLoss}: ½ E λ(t) ‖ε − ε_θ‖² / (1 − ᾱ_t), the mean over the
   * batch, for a network that predicts the noise. With {@code this::weight} that is ½ E‖ε − ε_θ‖²,
   * the loss of the released code; with {@code t -> 1} every level counts as its score does, those
   * with little noise by far the most.
   *
   * @param network ε_θ
   * @param x0 (batch, sample...)
   * @param t a step per sample
   * @param epsilon white noise, of x0's shape
   * @param lambda λ as a function of t
   * @return 0-d
   */
  @Equation("2.4.11")
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

  /** E‖ε − ε_θ‖₁, the mean over the batch of the sum of absolute differences; as {@link #loss}. */
  public NDArray absoluteLoss(NoisePredictor network, NDArray x0, int[] t, NDArray epsilon) {
    return Scalars.scale(difference(network, x0, t, epsilon).abs().sum(), 1.0 / t.length);
  }

  /** λ(ᾱ_t) = 1 − ᾱ_t, which gives every noise level the same weight. */
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
