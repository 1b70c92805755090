package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * A training loop: loss and gradient, clip by the global norm, Adam with linear warm-up, moving
 * average.
 *
 * <p>Everything random in step n must come from (seed, n), so that a loop that is interrupted
 * between steps and called again goes on as if nothing had happened.
 */
public final class Training {

  /**
   * Numbers of a loop.
   *
   * @param learningRate largest step size of Adam
   * @param warmUp steps over which the step size rises linearly to it; 0 for none
   * @param clip largest norm of the gradient over all parameters together
   * @param decay memory of the moving average
   */
  public record Options(double learningRate, int warmUp, double clip, double decay) {
    /** Checks the ranges. */
    public Options {
      if (!(learningRate > 0) || warmUp < 0 || !(clip > 0) || !(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException(
            "learningRate and clip must be positive, warmUp not negative, decay in [0, 1), but are "
                + learningRate
                + ", "
                + clip
                + ", "
                + warmUp
                + ", "
                + decay);
      }
    }
  }

  /** Sees each step's loss. */
  @FunctionalInterface
  public interface Observer {
    /** Called after a step. */
    void step(long step, double loss);
  }

  private final NDList theta;
  private final Options options;
  private final Adam adam = new Adam();
  private final ExponentialMovingAverage average;
  private long steps;

  /**
   * A loop over parameters that it changes in place.
   *
   * @param theta parameters
   * @param options numbers of the loop
   */
  public Training(NDList theta, Options options) {
    this.theta = theta;
    this.options = options;
    average = new ExponentialMovingAverage(theta, options.decay());
  }

  /**
   * Trains until {@code until} steps have been taken in all, or the thread is interrupted between
   * two steps.
   *
   * @param until total number of steps
   * @param loss for step n, maps the parameters to a 0-d loss
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
      observer.step(steps, value);
    }
    return total / (steps - first);
  }

  private double step(Function<NDList, NDArray> loss) {
    Gradients.ValueAndGrad result = Gradients.valueAndGrad(theta, loss);
    double value = Tensors.item(result.value());
    double norm = GradientNorm.clip(result.gradients(), options.clip());
    if (!Double.isFinite(value) || !Double.isFinite(norm)) {
      throw new IllegalStateException(
          "At step "
              + (steps + 1)
              + " the loss is "
              + value
              + " and the norm of its gradient "
              + norm
              + "; the parameters are those of step "
              + steps
              + ". A smaller learningRate or a longer warmUp usually helps.");
    }
    double warm = options.warmUp() == 0 ? 1 : Math.min((steps + 1.0) / options.warmUp(), 1);
    adam.step(theta, result.gradients(), options.learningRate() * warm);
    steps++;
    average.update(theta);
    return value;
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }

  /** The parameters' moving average: use it for samples. */
  public NDList average() {
    return average.parameters();
  }
}
