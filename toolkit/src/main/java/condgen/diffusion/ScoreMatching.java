package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The losses of score matching with Langevin dynamics, all with the ½ that the thesis gives them.
 *
 * <p>Training step n of a network:
 *
 * <pre>{@code
 * ScoreMatching matching = new ScoreMatching(new ScaledNoise(NoiseScales.geometric(20, 0.01, 30)));
 * NDArray x0 = train.batch(seed, n, batch).images();
 * NDArray epsilon = Seeds.of(seed).part("noise").normal(n, x0.getShape());
 * int[] i = matching.drawLevels(Seeds.of(seed), n, batch);
 * loss = theta -> matching.lossPerDimension(NoisePredictor.of(network, theta), x0, i, epsilon);
 * }</pre>
 *
 * <p>The network is told the level i. For one that is not, write {@code NoisePredictor.of(network,
 * theta).unconditional()}, here and when sampling. The network's input is as large as the noise, up
 * to σ_L; {@link #unitInput} keeps it near 1.
 *
 * @param process the forward process
 */
public record ScoreMatching(ScaledNoise process) {

  /**
   * ½ E‖s + (x_i − x₀) / σ_i²‖², the mean over the batch at one level (with Σ⁻¹ before the bracket
   * where noise is not white).
   *
   * @param score s_θ(x_i, σ_i), of x0's shape
   * @return 0-d
   */
  @Equation({"2.5.5", "6.3.7", "6.3.8"})
  public NDArray scoreLoss(NDArray score, NDArray x0, NDArray xi, int i) {
    return halfMeanSquare(score.sub(process.score(x0, xi, i)));
  }

  /**
   * The term of level i in the overall loss: ½ E‖σ_i s + (x_i − x₀) / σ_i‖², which is σ_i² times
   * {@link #scoreLoss}. Where noise is not white it is ½ E‖σ_i √Σ s + Σ^(−1/2) (x_i − x₀) / σ_i‖².
   *
   * @param score s_θ(x_i, σ_i), of x0's shape
   * @return 0-d
   */
  @Equation({"2.5.7", "6.3.10"})
  public NDArray weightedScoreLoss(NDArray score, NDArray x0, NDArray xi, int i) {
    NDArray epsilon = process.noiseBetween(x0, xi, i);
    return halfMeanSquare(epsilon.sub(process.noiseOfScore(score, i)));
  }

  /**
   * The overall loss of a network that predicts the noise: ½ E‖ε − ε_θ(x₀ + σ_i √Σ ε)‖², the mean
   * over the batch. A network that always answers 0 has loss D / 2.
   *
   * @param network ε_θ, told the level or {@linkplain NoisePredictor#unconditional not}
   * @param x0 (batch, sample...)
   * @param i a level per sample
   * @param epsilon white noise, of x0's shape
   * @return 0-d
   */
  @Equation({"2.5.9", "6.3.12"})
  public NDArray loss(NoisePredictor network, NDArray x0, int[] i, NDArray epsilon) {
    return halfMeanSquare(difference(network, x0, i, epsilon));
  }

  /**
   * Twice {@link #loss} divided by D, so that always answering 0 has loss 1 at any image size, as
   * in {@link NoiseMatching#lossPerDimension}.
   */
  public NDArray lossPerDimension(NoisePredictor network, NDArray x0, int[] i, NDArray epsilon) {
    double dimension = (double) x0.size() / x0.getShape().get(0);
    return Scalars.scale(loss(network, x0, i, epsilon), 2 / dimension);
  }

  /**
   * {@link #loss} with other weights: ½ E λ(i) / σ_i² ‖ε − ε_θ‖². With {@code this::weight} it is
   * {@link #loss}; with {@code i -> 1} every level counts as its score does, those with little
   * noise by far the most.
   *
   * @param lambda λ as a function of the level
   * @return 0-d
   */
  @Equation("2.5.9")
  public NDArray overallLoss(
      NoisePredictor network, NDArray x0, int[] i, NDArray epsilon, IntToDoubleFunction lambda) {
    double[] root =
        IntStream.of(i).mapToDouble(k -> Math.sqrt(lambda.applyAsDouble(k) / weight(k))).toArray();
    NDArray difference = difference(network, x0, i, epsilon);
    return halfMeanSquare(difference.mul(Tensors.perSample(root, x0)));
  }

  /**
   * λ(σ_i) = σ_i², which gives every level the same weight: E‖score‖² is D / σ_i², where the thesis
   * drops the D. With correlated noise the weight is the matrix σ_i² Σ, the inverse of the score's
   * covariance, and {@link #weightedScoreLoss} takes it.
   */
  @Equation({"2.5.6", "2.5.7", "6.3.9"})
  public double weight(int i) {
    return process.scales().sigma(i) * process.scales().sigma(i);
  }

  /** Uniform levels from 1 to L for a batch, from (seeds, step) alone. */
  public int[] drawLevels(Seeds seeds, long step, int batch) {
    SplittableRandom random = seeds.part("levels").random(step);
    return random.ints(batch, 1, process.scales().levels() + 1).toArray();
  }

  /**
   * A network that sees x_i / √(1 + σ_i²) instead of x_i: for data of variance about 1 its input
   * then has variance about 1 at every level. No part of the thesis; it needs the level, so it does
   * not go with an unconditional network.
   */
  public NoisePredictor unitInput(NoisePredictor network) {
    NoiseScales scales = process.scales();
    double[] factors =
        IntStream.rangeClosed(0, scales.levels())
            .mapToDouble(i -> 1 / Math.hypot(1, scales.sigma(i)))
            .toArray();
    return (xi, i) -> {
      double[] levels = Tensors.toDoubles(i);
      for (int k = 0; k < levels.length; k++) {
        levels[k] = factors[(int) levels[k]];
      }
      return network.predict(xi.mul(Tensors.perSample(levels, xi)), i);
    };
  }

  private NDArray difference(NoisePredictor network, NDArray x0, int[] i, NDArray epsilon) {
    NDArray xi = process.diffuse(x0, i, epsilon);
    NDArray predicted = network.predict(xi, NoiseMatching.steps(i));
    Arguments.requireSameShape(epsilon, "epsilon", predicted, "the network's output");
    return epsilon.sub(predicted);
  }

  private static NDArray halfMeanSquare(NDArray difference) {
    double batch = difference.getShape().get(0);
    return Scalars.scale(difference.mul(difference).sum(), 0.5 / batch);
  }
}
