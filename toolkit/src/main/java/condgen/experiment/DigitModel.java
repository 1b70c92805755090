package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseScales;
import condgen.diffusion.NoiseSchedule;
import condgen.diffusion.ScaledNoise;
import condgen.diffusion.ScoreMatching;
import condgen.nn.UNet;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The two models of handwritten digits that are shipped with the notebooks: one network, trained
 * for two ways of adding noise. Both are told the noise level.
 */
public enum DigitModel {
  /** 2.4: x_t = √ᾱ_t x₀ + √(1 − ᾱ_t) ε, the 1,000 steps of Ho et al. */
  DDPM {
    private final NoiseMatching matching =
        new NoiseMatching(new ForwardProcess(NoiseSchedule.ddpm()));

    @Override
    public int levels() {
      return matching.process().schedule().steps();
    }

    @Override
    public NoisePredictor predictor(NDList theta) {
      return NoisePredictor.of(network(), theta);
    }

    @Override
    NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon) {
      return matching.lossPerDimension(predictor, x0, level, epsilon);
    }
  },
  /** 2.5: x_i = x₀ + σ_i ε, the scales of {@link #scales}; the network sees x_i / √(1 + σ_i²). */
  SMLD {
    private final ScoreMatching matching = new ScoreMatching(new ScaledNoise(scales()));

    @Override
    public int levels() {
      return matching.process().scales().levels();
    }

    @Override
    public NoisePredictor predictor(NDList theta) {
      return matching.unitInput(NoisePredictor.of(network(), theta));
    }

    @Override
    NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon) {
      return matching.lossPerDimension(predictor, x0, level, epsilon);
    }
  };

  /**
   * The scales of SMLD: 100 from 0.01, which nobody sees in pixels from −1 to 1, to 34. The largest
   * is by the first rule of Song and Ermon (2020): the largest distance between two training
   * digits, which is 33.75. By their second rule there would be 104 of them.
   */
  public static NoiseScales scales() {
    return NoiseScales.geometric(100, 0.01, 34);
  }

  /** L: levels run from 1, which is nearly clean, to L. */
  public abstract int levels();

  /**
   * The predictor of the noise in x at a level.
   *
   * @param theta parameters of {@link #network}
   */
  public abstract NoisePredictor predictor(NDList theta);

  abstract NDArray loss(NoisePredictor predictor, NDArray x0, int[] level, NDArray epsilon);

  /** The network of both models. */
  public UNet network() {
    return new UNet(new UNet.Architecture(1, List.of(16, 32, 48), 1, 8));
  }

  /**
   * The loss of a training step: the mean over pixels of the squared error of the predicted noise,
   * at levels drawn uniformly. Always answering 0 has loss 1.
   *
   * @param seeds of the run
   * @param step from 0
   * @param x0 (batch, 1, 28, 28) in [−1, 1]
   */
  public NDArray loss(NoisePredictor predictor, Seeds seeds, long step, NDArray x0) {
    int batch = (int) x0.getShape().get(0);
    SplittableRandom random = seeds.part("levels").random(step);
    int[] level = random.ints(batch, 1, levels() + 1).toArray();
    return loss(predictor, x0, level, seeds.part("noise").normal(step, x0.getShape()));
  }

  /** The same at one level for all, with noise that depends on the seeds alone. */
  public double lossAt(NoisePredictor predictor, Seeds seeds, int level, NDArray x0) {
    int[] all = new int[(int) x0.getShape().get(0)];
    Arrays.fill(all, level);
    return Scope.call(
        () ->
            Tensors.item(
                loss(predictor, x0, all, seeds.part("held out").normal(0, x0.getShape()))));
  }

  /** The name in file names: {@code mnist-ddpm} or {@code mnist-smld}. */
  public String file() {
    return "mnist-" + name().toLowerCase(Locale.ROOT);
  }
}
