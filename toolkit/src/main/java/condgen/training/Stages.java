package condgen.training;

import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Tensors;
import java.util.Map;

/** The usual stages of a training step. */
public final class Stages {

  private Stages() {}

  /** Loss and gradient by back-propagation. */
  public static Stage gradient() {
    return step -> {
      Gradients.ValueAndGrad result = Gradients.valueAndGrad(step.theta(), step.loss());
      step.gradients(Tensors.item(result.value()), result.gradients());
      requireFinite(step, "the loss", step.value());
    };
  }

  /**
   * Scales all gradients by one factor so that their norm together is at most {@code most}.
   *
   * @param most positive; infinity only measures the norm
   */
  public static Stage clip(double most) {
    return step -> {
      step.norm(GradientNorm.clip(step.gradients(), most));
      requireFinite(step, "the norm of the gradient", step.norm());
    };
  }

  private static void requireFinite(TrainingStep step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException(
          String.format(
              "At step %d %s is %s; the parameters are those of step %d. A smaller learningRate or"
                  + " a longer warmUp usually helps.",
              step.number() + 1, what, value, step.number()));
    }
  }

  /** A step size that rises linearly to {@code learningRate} and stays there. */
  public static Stage warmUp(double learningRate, int steps, WarmUp convention) {
    return step -> step.learningRate(learningRate * convention.factor(step.number(), steps));
  }

  /**
   * A schedule whose step size falls linearly to 0 at the end of a run: the weights come to rest in
   * the middle of where full steps would let them jump about.
   *
   * @param schedule what comes before
   * @param from the step at which the fall begins
   * @param until the number of steps of the run, above from
   */
  public static Stage fall(Stage schedule, long from, long until) {
    if (from < 0 || until <= from) {
      throw new IllegalArgumentException(
          "from must not be negative and until above it, but they are " + from + " and " + until);
    }
    return step -> {
      schedule.apply(step);
      double left = Math.max(0, until - step.number()) / (double) (until - from);
      step.learningRate(step.learningRate() * Math.min(1, left));
    };
  }

  /** Adam; its moments are saved as {@code adam.mean} and {@code adam.square}. */
  public static Stage adam(Adam adam, NDList theta) {
    adam.prepare(theta);
    return new Stage() {
      @Override
      public void apply(TrainingStep step) {
        adam.step(step.theta(), step.gradients(), step.learningRate());
      }

      @Override
      public Map<String, NDList> state() {
        return Map.of("adam.mean", adam.mean(), "adam.square", adam.square());
      }

      @Override
      public void resumed(long steps) {
        adam.resumeAt(steps);
      }
    };
  }

  /** The moving average of the parameters, saved as {@code average}. */
  public static Stage average(ExponentialMovingAverage average) {
    return new Stage() {
      @Override
      public void apply(TrainingStep step) {
        average.update(step.theta());
      }

      @Override
      public Map<String, NDList> state() {
        return Map.of("average", average.parameters());
      }
    };
  }
}
