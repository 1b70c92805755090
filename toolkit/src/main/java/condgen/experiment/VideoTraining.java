package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.ClipSource;
import condgen.nn.Layer;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Stage;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.WarmUp;
import condgen.video.ConditionalNoisePredictor;
import condgen.video.VideoNoiseMatching;
import java.util.Arrays;

/**
 * Trains a video model on clips drawn for each step from (seed, step), so that a run that stops and
 * goes on sees the clips of one that never stopped.
 */
public final class VideoTraining {

  /** Largest step size of Adam, steps of its rise, largest gradient, memory of the average. */
  static final Training.Options OPTIONS =
      new Training.Options(1e-3, 200, 1, 0.999, WarmUp.FROM_ZERO);

  private final VideoSetting setting;
  private final ClipSource clips;
  private final long seed;
  private final Layer network;
  private final VideoNoiseMatching objective;
  private final Training training;

  /**
   * A training that has not begun.
   *
   * @param setting what is trained
   * @param clips of the setting's side and channels
   * @param seed of the weights, clips, masks, levels and noise
   * @param steps steps in all: the step size falls over the last half of them
   */
  public VideoTraining(VideoSetting setting, ClipSource clips, long seed, long steps) {
    if (clips.side() != setting.side() || clips.channels() != setting.window().channels()) {
      throw new IllegalArgumentException(
          "clips must have side %d and %d channels, but have %d and %d"
              .formatted(
                  setting.side(), setting.window().channels(), clips.side(), clips.channels()));
    }
    this.setting = setting;
    this.clips = clips;
    this.seed = seed;
    network = setting.network();
    objective = setting.objective();
    Stage rise = Stages.warmUp(OPTIONS.learningRate(), OPTIONS.warmUp(), OPTIONS.convention());
    training =
        new Training(network.initialize(Seeds.of(seed).part("weights")), OPTIONS)
            .replace("schedule", Stages.fall(rise, steps / 2, steps))
            .note("setting", setting.toString())
            .note("clips", clips.toString())
            .note("seed", Long.toString(seed));
  }

  /** The loop: its steps, average and checkpoints. */
  public Training training() {
    return training;
  }

  /**
   * Trains until {@code until} steps have been taken in all.
   *
   * @return the mean loss over these steps
   */
  public double run(long until, Training.Observer observer) {
    Seeds seeds = Seeds.of(seed);
    int frames = setting.window().frames();
    return training.run(
        until,
        n -> {
          NDArray clip = clips.batch(seed, n, setting.batch(), frames);
          return theta -> setting.loss(predictor(theta), clip, seeds, n);
        },
        observer);
  }

  /** The network as a predictor of noise; a predictor of the released index. */
  ConditionalNoisePredictor predictor(NDList theta) {
    return setting.predictor(network, theta);
  }

  /** The loss on held-out clips at one level for all; masks and noise from the seed alone. */
  double heldOut(ClipSource unseen, int level, int count) {
    int[] all = new int[count];
    Arrays.fill(all, level);
    Seeds seeds = Seeds.of(seed).part("held out");
    return Scope.call(
        () -> {
          NDArray clip = unseen.batch(seed, 0, count, setting.window().frames());
          NDArray epsilon =
              GaussianNoise.white(
                  seeds, 0, setting.window().sample(setting.side(), setting.side()), count);
          return Tensors.item(
              objective.lossPerDimension(
                  predictor(training.average()),
                  clip,
                  all,
                  epsilon,
                  setting.masks().draw(seeds, 0, count)));
        });
  }
}
