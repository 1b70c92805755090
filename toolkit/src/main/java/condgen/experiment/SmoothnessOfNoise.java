package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseMatching;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseSchedule;
import condgen.nn.Layer;
import condgen.nn.Patches;
import condgen.nn.UNet;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import condgen.training.Training;
import condgen.training.WarmUp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the ablation over γ (6.5.3): a small model of digits is trained with noise of that γ,
 * each with the same network, budget and data, and {@value #SAMPLING} steps' samples are measured.
 * The seed is that of everything: weights, training noise and samples.
 *
 * <p>The setting: {@code gamma}, 0 for white noise; {@code training steps}; {@code samples}; {@code
 * seed}.
 */
public final class SmoothnessOfNoise implements Measurement {

  /** Loss per pixel on test digits, the mean over ten levels; always answering 0 has loss 1. */
  public static final String LOSS = "held-out loss";

  /** Steps of the sampler. */
  public static final int SAMPLING = 50;

  private static final int BATCH = 32;
  private static final int HELD_OUT = 128;
  private static final UNet.Architecture NETWORK = new UNet.Architecture(4, List.of(16, 32), 1, 8);
  private static final Training.Options OPTIONS =
      new Training.Options(2e-3, 50, 1, 0.99, WarmUp.FROM_ZERO);

  private DigitQuality quality;
  private LabelledImages digits;
  private LabelledImages unseen;

  /** A row that loads what it needs when it is measured. */
  public SmoothnessOfNoise() {}

  /** The rows of the ablation. */
  public static Ablation of(int trainingSteps, int samples, List<Double> gammas, long... seeds) {
    return Ablation.of(SmoothnessOfNoise.class)
        .over("gamma", gammas.toArray())
        .over("training steps", trainingSteps)
        .over("samples", samples)
        .seeds(seeds);
  }

  @Override
  public String data(Setting setting) {
    return "MNIST; classifier "
        + Sha256.of(NotebookFiles.find("checkpoints/mnist-classifier.safetensors"));
  }

  @Override
  public Map<String, Double> measure(Setting setting) {
    if (quality == null) {
      quality = DigitQuality.shipped();
      digits = Mnist.train();
      unseen = Mnist.test();
    }
    double gamma = setting.number("gamma");
    GaussianNoise noise = gamma == 0 ? new WhiteNoise() : new GaussianFreeField(gamma);
    return Scope.call(() -> measured(noise, setting));
  }

  private Map<String, Double> measured(GaussianNoise noise, Setting setting) {
    Seeds seeds = Seeds.of(setting.seed());
    Layer network = new Patches(new UNet(NETWORK), 2);
    NoiseMatching matching = new NoiseMatching(new ForwardProcess(NoiseSchedule.ddpm(), noise));
    Training training = new Training(network.initialize(seeds.part("weights")), OPTIONS);
    training.run(
        setting.integer("training steps"),
        n -> theta -> loss(matching, NoisePredictor.of(network, theta), setting.seed(), n),
        (n, loss) -> {});
    NoisePredictor trained = NoisePredictor.of(network, training.average());
    int samples = setting.integer("samples");
    NDArray images = SampledDigits.sample(trained, noise, SAMPLING, samples, seeds.part("samples"));
    Map<String, Double> values = new LinkedHashMap<>(quality.of(images, setting.seed()));
    values.put(LOSS, heldOut(matching, trained));
    return values;
  }

  private NDArray loss(NoiseMatching matching, NoisePredictor network, long seed, long step) {
    NDArray x0 = digits.batch(seed, step, BATCH).images();
    Seeds seeds = Seeds.of(seed);
    int[] t = matching.drawSteps(seeds, step, BATCH);
    return matching.lossPerDimension(
        network, x0, t, seeds.part("noise").normal(step, x0.getShape()));
  }

  /** The same digits, levels and white noise for all rows. */
  private double heldOut(NoiseMatching matching, NoisePredictor network) {
    Seeds seeds = Seeds.of(0).part("held out");
    double sum = 0;
    for (int k = 1; k <= 10; k++) {
      int level = 100 * k;
      sum += Scope.call(() -> heldOutAt(matching, network, seeds, level));
    }
    return sum / 10;
  }

  private double heldOutAt(NoiseMatching matching, NoisePredictor network, Seeds seeds, int level) {
    NDArray x0 = unseen.batch(0, 0, HELD_OUT).images();
    int[] t = new int[HELD_OUT];
    Arrays.fill(t, level);
    NDArray epsilon = seeds.normal(level, x0.getShape());
    return Tensors.item(matching.lossPerDimension(network, x0, t, epsilon));
  }
}
