package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * A training loop. Each step goes through named stages, any of which can be replaced: {@code
 * gradient}, {@code clip} by the global norm, {@code schedule} of the step size, {@code optimiser},
 * {@code average} of the parameters.
 *
 * <p>Everything random in step n must come from (seed, n), so that a loop that is interrupted
 * between steps and called again, or {@linkplain #resume resumed} in another process, goes on as if
 * nothing had happened.
 */
public final class Training {

  private static final String FORMAT = "condgen-training-1";

  /**
   * Numbers of a loop.
   *
   * @param learningRate largest step size of Adam
   * @param warmUp steps over which the step size rises linearly to it; 0 for none
   * @param clip largest norm of the gradient over all parameters together
   * @param decay memory of the moving average
   * @param convention of the rise
   */
  public record Options(
      double learningRate, int warmUp, double clip, double decay, WarmUp convention) {
    /** Checks the ranges. */
    public Options {
      if (!(learningRate > 0) || warmUp < 0 || !(clip > 0) || !(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException(
            "learningRate and clip must be positive, warmUp not negative, decay in [0, 1), but are "
                + List.of(learningRate, clip, warmUp, decay));
      }
    }

    /** Numbers of a loop whose first step already moves. */
    public Options(double learningRate, int warmUp, double clip, double decay) {
      this(learningRate, warmUp, clip, decay, WarmUp.FROM_ONE);
    }
  }

  /** Sees each step's loss: a live curve, a progress bar with the time left. */
  @FunctionalInterface
  public interface Observer {
    /** Called after a step, counted from 1. */
    void step(long step, double loss);

    /** This observer, then another. */
    default Observer and(Observer other) {
      return (step, loss) -> {
        step(step, loss);
        other.step(step, loss);
      };
    }
  }

  private final NDList theta;
  private final ExponentialMovingAverage average;
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final LearningCurve curve = new LearningCurve();
  private long steps;
  private Path file;
  private long every;

  /**
   * A loop over parameters that it changes in place.
   *
   * @param theta parameters
   * @param options numbers of the loop
   */
  public Training(NDList theta, Options options) {
    this.theta = theta;
    average = new ExponentialMovingAverage(theta, options.decay());
    stages.put("gradient", Stages.gradient());
    stages.put("clip", Stages.clip(options.clip()));
    stages.put(
        "schedule", Stages.warmUp(options.learningRate(), options.warmUp(), options.convention()));
    stages.put("optimiser", Stages.adam(new Adam(), theta));
    stages.put("average", Stages.average(average));
    note("options", options.toString());
  }

  /** Names of the stages, in order. */
  public List<String> stages() {
    return List.copyOf(stages.keySet());
  }

  /**
   * Puts another stage in the place of one.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Training replace(String name, Stage stage) {
    if (stages.replace(name, stage) == null) {
      throw new IllegalArgumentException(
          "name must be one of " + stages.keySet() + ", but is " + name);
    }
    return note("stage " + name, "replaced");
  }

  /**
   * Notes what must be the same when the run goes on: the seed, the data, the network. Checkpoints
   * hold the notes, and {@link #resume} compares them.
   */
  public Training note(String name, String text) {
    notes.put(name, text);
    return this;
  }

  /** Writes a checkpoint after every {@code steps} steps, and when {@link #run} ends. */
  public Training saveEvery(long steps, Path checkpoint) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    every = steps;
    file = checkpoint;
    return this;
  }

  /**
   * Trains until {@code until} steps have been taken in all, or the thread is interrupted between
   * two steps.
   *
   * @param until total number of steps
   * @param loss for step n from 0, maps the parameters to a 0-d loss
   * @param observer sees (n, loss)
   * @return mean loss over these steps, NaN if there were none
   * @throws IllegalStateException if the loss is not finite; parameters are those before that step
   */
  public double run(long until, LongFunction<Function<NDList, NDArray>> loss, Observer observer) {
    double total = 0;
    long first = steps;
    while (steps < until && !Thread.currentThread().isInterrupted()) {
      double value = Scope.call(() -> step(loss.apply(steps)));
      total += value;
      if (file != null && steps % every == 0) {
        checkpoint().write(file);
      }
      observer.step(steps, value);
    }
    if (file != null && steps > first) {
      checkpoint().write(file);
    }
    return total / (steps - first);
  }

  private double step(Function<NDList, NDArray> loss) {
    TrainingStep step = new TrainingStep(steps, theta, loss);
    stages.values().forEach(stage -> stage.apply(step));
    curve.add(step.value());
    steps++;
    return step.value();
  }

  /** Everything that the run needs to go on: parameters, stages, step, notes, curve. */
  public Checkpoint checkpoint() {
    Checkpoint checkpoint = new Checkpoint();
    notes.forEach(checkpoint::note);
    checkpoint.note("format", FORMAT).note("step", Long.toString(steps));
    checkpoint.add("theta", theta);
    stages.values().forEach(stage -> stage.state().forEach(checkpoint::add));
    curve.save(checkpoint);
    return checkpoint;
  }

  /**
   * Goes back to a checkpoint of a run with the same notes; nothing changes if it does not fit.
   *
   * @throws IllegalArgumentException naming the notes that differ, or the arrays that are missing,
   *     unexpected or of another shape
   */
  public void restore(Checkpoint checkpoint) {
    requireSameRun(checkpoint);
    Map<String, NDList> state = new LinkedHashMap<>();
    state.put("theta", theta);
    stages.values().forEach(stage -> state.putAll(stage.state()));
    state.forEach(checkpoint::requireMatch);
    long taken = Long.parseLong(checkpoint.note("step"));
    curve.restore(checkpoint);
    state.forEach(checkpoint::copyInto);
    steps = taken;
    stages.values().forEach(stage -> stage.resumed(taken));
  }

  private void requireSameRun(Checkpoint checkpoint) {
    Map<String, String> expected = new LinkedHashMap<>(notes);
    expected.put("format", FORMAT);
    Map<String, String> found = checkpoint.notes();
    List<String> differ = new ArrayList<>();
    expected.forEach(
        (name, text) -> {
          if (!text.equals(found.get(name))) {
            differ.add(name + " must be " + text + ", but is " + found.get(name));
          }
        });
    if (!differ.isEmpty()) {
      throw new IllegalArgumentException(
          "the checkpoint is of another run: " + String.join("; ", differ));
    }
  }

  /**
   * Goes on from the file if it is there.
   *
   * @return whether it was
   */
  public boolean resume(Path checkpoint) {
    if (!Files.exists(checkpoint)) {
      return false;
    }
    restore(Checkpoint.read(checkpoint));
    return true;
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }

  /** The parameters' moving average: use it for samples. */
  public NDList average() {
    return average.parameters();
  }

  /** The losses so far. */
  public LearningCurve curve() {
    return curve;
  }
}
