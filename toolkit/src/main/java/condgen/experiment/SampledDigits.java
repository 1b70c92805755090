package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.diffusion.AncestralSampler;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoisePredictor;
import condgen.diffusion.NoiseSchedule;
import condgen.diffusion.SamplerObserver;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Sha256;
import condgen.thesis.TableRef;
import condgen.training.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A row of Table 6.1 on handwritten digits: samples of a shipped model with few or many steps, and
 * how good they are. The seed is that of the samples; the models are trained once.
 *
 * <p>The setting: {@code images}, a {@link DigitModel} or one of the references below; {@code
 * steps}, by which 1,000 is divisible, for a model; {@code samples}; {@code seed}. Equal seeds
 * start both models from the same white noise.
 */
@TableRef("6.1")
public final class SampledDigits implements Measurement {

  /** A half of the test set against the other: the floor. */
  public static final String HALVES = "half of the test set";

  /** Training digits: what a model gets that remembers them and draws them at random. */
  public static final String TRAINING = "training digits";

  /** White noise. */
  public static final String WHITE = "white noise";

  private static final int CHUNK = 512;
  private static final int AT_ONCE = 32;
  private static final Shape DIGIT = new Shape(1, 28, 28);
  private static final String COMPARABLE = "no: other data, other features";

  private DigitQuality quality;

  /** A row that loads what it needs when it is measured. */
  public SampledDigits() {}

  /** The models' rows, for numbers of steps and seeds of the samples. */
  public static Ablation models(int samples, List<Integer> steps, long... seeds) {
    return Ablation.of(SampledDigits.class)
        .over("images", DigitModel.PATCH_DDPM, DigitModel.PATCH_NI_DDPM)
        .over("steps", steps.toArray())
        .over("samples", samples)
        .seeds(seeds);
  }

  /** The references' rows. */
  public static Ablation references(int samples, long... seeds) {
    return Ablation.of(SampledDigits.class)
        .over("images", HALVES, TRAINING, WHITE)
        .over("samples", samples)
        .seeds(seeds);
  }

  /** The rows of the thesis, which are about CIFAR-10. */
  public static List<ThesisRow> thesis() {
    return List.of(
        row(DigitModel.PATCH_DDPM, 1000, 6.05, 0.66, 0.54),
        row(DigitModel.PATCH_DDPM, 100, 12.25, 0.62, 0.48),
        row(DigitModel.PATCH_DDPM, 50, 16.61, 0.60, 0.43),
        row(DigitModel.PATCH_DDPM, 20, 26.35, 0.56, 0.24),
        row(DigitModel.PATCH_DDPM, 10, 44.95, 0.49, 0.24),
        row(DigitModel.PATCH_NI_DDPM, 1000, 6.95, 0.62, 0.53),
        row(DigitModel.PATCH_NI_DDPM, 100, 12.68, 0.60, 0.49),
        row(DigitModel.PATCH_NI_DDPM, 50, 16.91, 0.57, 0.45),
        row(DigitModel.PATCH_NI_DDPM, 20, 30.41, 0.52, 0.35),
        row(DigitModel.PATCH_NI_DDPM, 10, 60.32, 0.43, 0.23));
  }

  private static ThesisRow row(
      DigitModel model, int steps, double distance, double precision, double recall) {
    return new ThesisRow(
        Setting.of("images", model, "steps", steps),
        Map.of(
            DigitQuality.DISTANCE, distance,
            DigitQuality.PRECISION, precision,
            DigitQuality.RECALL, recall),
        COMPARABLE);
  }

  @Override
  public String data(Setting setting) {
    String data = "MNIST; classifier " + hash("mnist-classifier");
    String images = setting.text("images");
    return isModel(images) ? data + "; model " + hash(DigitModel.valueOf(images).file()) : data;
  }

  private static boolean isModel(String images) {
    return !List.of(HALVES, TRAINING, WHITE).contains(images);
  }

  private static Path checkpoint(String name) {
    return NotebookFiles.find("checkpoints/" + name + ".safetensors");
  }

  private static String hash(String name) {
    return Sha256.of(checkpoint(name));
  }

  @Override
  public Map<String, Double> measure(Setting setting) {
    if (quality == null) {
      quality = DigitQuality.shipped();
    }
    String images = setting.text("images");
    int samples = setting.integer("samples");
    if (images.equals(HALVES)) {
      return quality.ofHalves(samples, setting.seed());
    }
    return Scope.call(() -> quality.of(images(setting), setting.seed()));
  }

  /** The images that a row measures, (samples, 1, 28, 28); not for {@link #HALVES}. */
  public static NDArray images(Setting setting) {
    int samples = setting.integer("samples");
    Seeds seeds = Seeds.of(setting.seed());
    String images = setting.text("images");
    if (images.equals(TRAINING)) {
      LabelledImages training = Mnist.train();
      return training.batch(setting.seed(), 0, samples).images();
    }
    if (images.equals(WHITE)) {
      return new WhiteNoise().sample(seeds, 0, DIGIT, samples);
    }
    DigitModel model = DigitModel.valueOf(images);
    try (Scope scope = Scope.open()) {
      NDList theta =
          Checkpoint.read(checkpoint(model.file())).parameters("average", model.network());
      return scope.keep(
          sample(model.predictor(theta), model.noise(), setting.integer("steps"), samples, seeds));
    }
  }

  /**
   * Samples of a model of digits by DDPM's reverse steps, with the posterior's variance and the
   * clean estimate kept within [−1, 1]. Without that the distances of both models change by less
   * than from one draw to the next.
   *
   * @param steps of the 1,000 of the schedule of Ho et al., which they must divide
   * @param seeds of this draw
   * @return (samples, 1, 28, 28)
   */
  public static NDArray sample(
      NoisePredictor network, GaussianNoise noise, int steps, int samples, Seeds seeds) {
    NoiseSchedule full = NoiseSchedule.ddpm();
    if (steps < 1 || full.steps() % steps != 0) {
      throw new IllegalArgumentException("steps must divide " + full.steps() + ", but is " + steps);
    }
    AncestralSampler sampler =
        new AncestralSampler(
            new ForwardProcess(full.every(full.steps() / steps), noise),
            AncestralSampler.Variance.BETA_TILDE,
            true);
    NoisePredictor inParts = inParts(network);
    try (Scope scope = Scope.open()) {
      NDList parts = new NDList();
      for (int from = 0; from < samples; from += CHUNK) {
        int count = Math.min(CHUNK, samples - from);
        Seeds part = seeds.part("samples from " + from);
        parts.add(sampler.sample(inParts, DIGIT, count, part, SamplerObserver.NONE));
      }
      return scope.keep(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0));
    }
  }

  /**
   * The same network, which sees a few samples at a time: what it needs on the way stays in the
   * processor's cache, and takes a fifth of the memory.
   */
  private static NoisePredictor inParts(NoisePredictor network) {
    return (x, t) -> {
      long count = x.getShape().get(0);
      NDList parts = new NDList();
      for (long from = 0; from < count; from += AT_ONCE) {
        String part = from + ":" + Math.min(count, from + AT_ONCE);
        try (Scope scope = Scope.open()) {
          parts.add(scope.keep(network.predict(x.get(part), t.get(part))));
        }
      }
      return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0);
    };
  }
}
