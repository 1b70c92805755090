package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.flow.MultiResolutionFlow;
import condgen.flow.ResolutionFlow;
import condgen.flow.ResolutionInput;
import condgen.tensor.Gradients;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Stage;
import condgen.training.Stages;
import condgen.training.Training;
import condgen.training.TrainingStep;
import condgen.training.WarmUp;

/**
 * Trains the flow of one resolution by itself: its loss depends on the others in nothing, since the
 * coarser image that it is given is a true one. Images, noise and directions come from (seed,
 * step).
 */
public final class FlowTraining {

  private final FlowSetting setting;
  private final int s;
  private final long seed;
  private final LabelledImages images;
  private final MultiResolutionFlow model;
  private final Training training;
  private final NDList theta;

  /**
   * A training that has not begun.
   *
   * @param s the resolution, 1 the finest
   * @param seed of weights, images, noise and directions
   * @param steps in all: the step size falls over the last half of them
   */
  public FlowTraining(FlowSetting setting, LabelledImages images, int s, long seed, long steps) {
    this.setting = setting;
    this.images = images;
    this.s = s;
    this.seed = seed;
    model = setting.architecture().build();
    theta = model.initialize(Seeds.of(seed).part("weights")).get(s - 1);
    Training.Options options =
        new Training.Options(
            setting.learningRate(), (int) Math.min(100, steps / 10), 100, 0.99, WarmUp.FROM_ONE);
    Stage rise = Stages.warmUp(options.learningRate(), options.warmUp(), options.convention());
    training =
        new Training(theta, options)
            .replace("gradient", this::gradient)
            .replace("schedule", Stages.fall(rise, steps / 2, steps))
            .note("setting", setting.toString())
            .note("images", images.toString())
            .note("resolution", Integer.toString(s))
            .note("seed", Long.toString(seed));
  }

  /** The loop. */
  public Training training() {
    return training;
  }

  /** The parameters as they are now. */
  public NDList theta() {
    return theta;
  }

  /** Trainable numbers of this resolution. */
  public long parameterCount() {
    return model.flows().get(s - 1).parameterCount();
  }

  /** Trains until so many steps were taken in all; returns the mean loss over them. */
  public double run(long until, Training.Observer observer) {
    return training.run(until, n -> theta -> null, observer);
  }

  private void gradient(TrainingStep step) {
    long n = step.number();
    Seeds seeds = Seeds.of(seed).part("resolution " + s);
    ResolutionFlow flow = model.flows().get(s - 1);
    NDArray levels = setting.levels(images.batch(seed, n, setting.batch(s)).images());
    ResolutionInput input =
        setting
            .dequantization()
            .inputs(levels, setting.bits(), model.resolutions(), model.split(), seeds, n)
            .get(s - 1);
    NDList probes = flow.probes(setting.numerics(), seeds, n, input.state());
    Gradients.ValueAndGrad found =
        flow.gradient(
            step.theta(),
            input,
            probes,
            setting.numerics(),
            setting.steer().end(seeds, n),
            passage ->
                setting
                    .loss()
                    .of(
                        flow.logDensity(passage),
                        model.stateDimensions(s),
                        setting.bits(),
                        passage));
    step.gradients(Tensors.item(found.value()), found.gradients());
  }
}
