package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseScales;
import condgen.diffusion.NoiseSchedule;
import condgen.diffusion.ScaleOverlap;
import condgen.diffusion.ScaledNoise;
import condgen.nn.Layer;
import condgen.nn.Patches;
import condgen.nn.UNet;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The models of handwritten digits that are shipped with the notebooks. All are told the noise
 * level.
 */
public enum DigitModel {
  /** 2.4: x_t = √ᾱ_t x₀ + √(1 − ᾱ_t) ε, the 1,000 steps of Ho et al. */
  DDPM(Objective.of(new ForwardProcess(NoiseSchedule.ddpm())), pixels(), 1, 32),
  /** 2.5: x_i = x₀ + σ_i ε, the scales of {@link #scales}; the network sees x_i / √(1 + σ_i²). */
  SMLD(Objective.of(new ScaledNoise(scales())), pixels(), 1, 32),
  /** 6.6: white noise, the model that {@link #PATCH_NI_DDPM} is compared with. */
  PATCH_DDPM(ofField(new WhiteNoise()), patches(), 2, 64),
  /**
   * 6.6: the Gaussian free field of γ = 1; trained as {@link #PATCH_DDPM} in all other respects.
   */
  PATCH_NI_DDPM(ofField(new GaussianFreeField(1)), patches(), 2, 64),
  /**
   * 6.3 on digits of 16 x 16: white noise, the model that {@link #SMALL_NI_SMLD} is compared with.
   */
  SMALL_SMLD(Objective.of(smallSmld()), small(), 1, 64),
  /** 6.3 on digits of 16 x 16: the Gaussian free field of γ = 1. */
  SMALL_NI_SMLD(Objective.of(smallNiSmld()), small(), 1, 64);

  private static final int SMALL = 16;

  private final Objective objective;
  private final UNet.Architecture architecture;
  private final int patch;
  private final int batch;

  DigitModel(Objective objective, UNet.Architecture architecture, int patch, int batch) {
    this.objective = objective;
    this.architecture = architecture;
    this.patch = patch;
    this.batch = batch;
  }

  private static Objective ofField(GaussianNoise noise) {
    return Objective.of(new ForwardProcess(NoiseSchedule.ddpm(), noise));
  }

  private static UNet.Architecture pixels() {
    return new UNet.Architecture(1, List.of(16, 32, 48), 1, 8);
  }

  private static UNet.Architecture patches() {
    return new UNet.Architecture(4, List.of(32, 48), 1, 8);
  }

  /**
   * The scales of SMLD: 100 from 0.01, which nobody sees in pixels from −1 to 1, to 34. The largest
   * is by the first rule of Song and Ermon (2020): the largest distance between two training
   * digits, which is 33.75. By their second rule there would be 104 of them.
   */
  public static NoiseScales scales() {
    return NoiseScales.geometric(100, 0.01, 34);
  }

  private static UNet.Architecture small() {
    return new UNet.Architecture(1, List.of(16, 24, 32), 1, 8);
  }

  /**
   * Scales and noise of {@link #SMALL_SMLD}: from 0.01 to the greatest distance between two
   * training digits of 16 x 16, which is 15.96, as many as {@link ScaleOverlap} asks for: 53.
   */
  public static ScaledNoise smallSmld() {
    return new ScaledNoise(smallScales(16));
  }

  /**
   * Scales and noise of {@link #SMALL_NI_SMLD}, by the same rules: the greatest whitened distance
   * is 16.15, and there are 53 of them too.
   */
  public static ScaledNoise smallNiSmld() {
    return new ScaledNoise(smallScales(16.2), new GaussianFreeField(1));
  }

  private static NoiseScales smallScales(double largest) {
    return new ScaleOverlap(SMALL * SMALL).scales(0.01, largest, 0.5);
  }

  /**
   * The data as this model sees them: as they are, or for the small models with a margin to 32 x 32
   * and then halved to 16 x 16.
   */
  public LabelledImages prepare(LabelledImages digits) {
    return this == SMALL_SMLD || this == SMALL_NI_SMLD ? digits.padTo(2 * SMALL).halve() : digits;
  }

  /** L: levels run from 1, which is nearly clean, to L. */
  public int levels() {
    return objective.levels();
  }

  /** The distribution of the noise, N(0, Σ). */
  public GaussianNoise noise() {
    return objective.noise();
  }

  /** Digits in a training step. */
  public int batch() {
    return batch;
  }

  /** The network, which for some models sees patches of pixels as channels. */
  public Layer network() {
    UNet network = new UNet(architecture);
    return patch == 1 ? network : new Patches(network, patch);
  }

  /** The network in words, for a run card. */
  public String describeNetwork() {
    return patch == 1
        ? architecture.toString()
        : patch + " x " + patch + " patches, " + architecture;
  }

  /**
   * The predictor of the noise in x at a level.
   *
   * @param theta parameters of {@link #network}
   */
  public NoisePredictor predictor(NDList theta) {
    return objective.predictor(NoisePredictor.of(network(), theta));
  }

  /**
   * The loss of a training step: the mean over pixels of the squared error of the predicted noise,
   * at levels drawn uniformly. Always answering 0 has loss 1.
   *
   * @param seeds of the run
   * @param step from 0
   * @param x0 (batch, 1, rows, columns) in [−1, 1], of {@link #prepare}
   */
  public NDArray loss(NoisePredictor predictor, Seeds seeds, long step, NDArray x0) {
    int count = (int) x0.getShape().get(0);
    SplittableRandom random = seeds.part("levels").random(step);
    int[] level = random.ints(count, 1, levels() + 1).toArray();
    NDArray epsilon = seeds.part("noise").normal(step, x0.getShape());
    return objective.loss(predictor, x0, level, epsilon);
  }

  /** The same at one level for all, with noise that depends on the seeds alone. */
  public double lossAt(NoisePredictor predictor, Seeds seeds, int level, NDArray x0) {
    int[] all = new int[(int) x0.getShape().get(0)];
    Arrays.fill(all, level);
    return Scope.call(
        () -> {
          NDArray epsilon = seeds.part("held out").normal(0, x0.getShape());
          return Tensors.item(objective.loss(predictor, x0, all, epsilon));
        });
  }

  /** The name in file names, such as {@code mnist-ddpm}. */
  public String file() {
    return "mnist-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
