package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.ClipSource;
import condgen.diffusion.ForwardProcess;
import condgen.metrics.ClipFeatures;
import condgen.metrics.FrechetVideo;
import condgen.nn.Layer;
import condgen.nn.VideoUNet;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import condgen.thesis.TableRef;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.WarmUp;
import condgen.video.FrameMask;
import condgen.video.FrameWindow;
import condgen.video.MaskDistribution;
import condgen.video.VideoModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the ablations of Tables 7.5 and 7.9 on small moving digits: a model of one variant is
 * trained, all with the same data, widths and number of steps, and predicts 10 frames from 5. The
 * seed is that of everything: weights, training clips, masks, noise and trajectories; the held-out
 * clips are the same for all rows.
 *
 * <p>The setting: {@code variant}, a {@link MaskVariant}; {@code training steps}; {@code clips} and
 * {@code trajectories} of the measurement; {@code steps} of the sampler; {@code seed}.
 */
@TableRef({"7.5", "7.9"})
public final class TrainedVariant implements Measurement {

  /** Loss per pixel of prediction on held-out clips, mean of ten levels; answering 0 has loss 1. */
  public static final String LOSS = "held-out loss";

  /** Trainable numbers of the network. */
  public static final String PARAMETERS = "parameters";

  private static final String FEATURES = "checkpoints/clip-features.safetensors";
  private static final long CLIPS_SEED = 79;
  private static final int PREDICTED = 10;
  private static final double LEARNING_RATE = 3e-3;
  private static final int SIDE = 32;

  /** A row that loads what it needs when it is measured. */
  public TrainedVariant() {}

  /** The rows of an ablation: 64 held-out clips, 3 trajectories, 50 steps of the sampler. */
  public static Ablation of(List<MaskVariant> variants, int trainingSteps, long... seeds) {
    return of(variants, trainingSteps, 64, 3, 50, seeds);
  }

  /**
   * The rows of an ablation.
   *
   * @param clips held out, that are predicted
   * @param trajectories of each
   * @param steps of the sampler
   */
  public static Ablation of(
      List<MaskVariant> variants,
      int trainingSteps,
      int clips,
      int trajectories,
      int steps,
      long... seeds) {
    return Ablation.of(TrainedVariant.class)
        .over("variant", variants.stream().map(MaskVariant::toString).toArray())
        .over("training steps", trainingSteps)
        .over("clips", clips)
        .over("trajectories", trajectories)
        .over("steps", steps)
        .seeds(seeds);
  }

  /** What all variants share: two digits of 32 x 32 in patches of 2 x 2, a narrow network. */
  public static VideoSetting shared() {
    return new VideoSetting(
        Footage.SMMNIST,
        SIDE,
        2,
        new FrameWindow(5, 5, 5, 1),
        MaskDistribution.NEVER,
        VideoUNet.Conditioning.CONCAT,
        32,
        List.of(1, 1),
        1,
        16,
        16,
        new WhiteNoise(),
        VideoSetting.Output.VELOCITY);
  }

  @Override
  public String data(Setting setting) {
    return "Stochastic Moving MNIST; clip features " + Sha256.of(NotebookFiles.find(FEATURES));
  }

  private static MaskVariant variant(Setting setting) {
    String name = setting.text("variant");
    return Arrays.stream(MaskVariant.values())
        .filter(v -> v.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variant must be one of "
                        + List.of(MaskVariant.values())
                        + ", but is "
                        + name));
  }

  @Override
  public Map<String, Double> measure(Setting setting) {
    return Scope.call(() -> measured(setting));
  }

  private static Map<String, Double> measured(Setting setting) {
    VideoSetting small = variant(setting).of(shared());
    return measured(
        setting, small, train(small, setting.seed(), setting.integer("training steps")));
  }

  /** Of parameters that were trained so. */
  static Map<String, Double> measured(Setting setting, VideoSetting small, NDList theta) {
    VideoModel model = small.model(theta, setting.integer("steps"));
    ClipSource heldOut = small.footage().heldOut(SIDE);
    VideoProtocol protocol =
        VideoProtocol.of("7.9")
            .get(0)
            .scaled(SIDE, small.window().past(), small.window().current(), PREDICTED)
            .with(
                setting.integer("clips"),
                setting.integer("trajectories"),
                setting.integer("steps"));
    Map<String, Double> values =
        new LinkedHashMap<>(
            new VideoQuality(protocol, heldOut, CLIPS_SEED)
                .distance(new FrechetVideo(ClipFeatures.read(NotebookFiles.find(FEATURES))))
                .draws(setting.seed())
                .of("model", model)
                .values());
    values.put(LOSS, heldOut(small, model, heldOut, setting.integer("clips")));
    values.put(PARAMETERS, (double) small.network().parameterCount());
    return values;
  }

  /** The moving average of the parameters after the training. */
  static NDList train(VideoSetting small, long seed, int steps) {
    Layer network = small.network();
    Seeds seeds = Seeds.of(seed);
    ClipSource clips = small.footage().train(small.side());
    Training.Options options = new Training.Options(LEARNING_RATE, 50, 1, 0.99, WarmUp.FROM_ZERO);
    Training training =
        new Training(network.initialize(seeds.part("weights")), options)
            .replace(
                "schedule",
                Stages.fall(
                    Stages.warmUp(LEARNING_RATE, options.warmUp(), options.convention()),
                    steps / 2,
                    steps));
    training.run(
        steps,
        n -> {
          NDArray clip = clips.batch(seed, n, small.batch(), small.window().frames());
          return theta -> small.loss(small.predictor(network, theta), clip, seeds, n);
        },
        (n, loss) -> {});
    return training.average();
  }

  /** With the past shown and the future hidden; the same clips, levels and noise for all rows. */
  private static double heldOut(VideoSetting small, VideoModel model, ClipSource clips, int count) {
    ForwardProcess process = small.process();
    Seeds seeds = Seeds.of(CLIPS_SEED).part("held out");
    FrameMask[] masks = new FrameMask[count];
    Arrays.fill(masks, FrameMask.PREDICTION);
    double sum = 0;
    for (int k = 1; k <= 10; k++) {
      int[] level = new int[count];
      Arrays.fill(level, process.schedule().steps() * k / 10);
      int draw = k;
      sum +=
          Scope.call(
              () -> {
                NDArray clip = clips.batch(CLIPS_SEED, 0, count, small.window().frames());
                NDArray epsilon =
                    GaussianNoise.white(
                        seeds, draw, small.window().sample(small.side(), small.side()), count);
                return Tensors.item(
                    small
                        .objective()
                        .lossPerDimension(model.predictor(), clip, level, epsilon, masks));
              });
    }
    return sum / 10;
  }
}
