package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;

/**
 * Where the noise of a stochastic solve comes from: the increments w(t + h) − w(t) of Brownian
 * motion, normal with mean 0 and variance |h|.
 */
@FunctionalInterface
public interface BrownianPath {

  /**
   * The increment of one step.
   *
   * @param step number of the step, from 0
   * @param h length of the step; negative when time runs backwards, and the variance is then −h
   * @param like (batch, ...), gives shape and type
   * @return of the shape and type of {@code like}
   */
  NDArray increment(long step, double h, NDArray like);

  /**
   * Increments of which sample i depends on (seeds, step, i) alone, not on how many samples run
   * together. It draws sample by sample, some microseconds each.
   */
  static BrownianPath of(Seeds seeds) {
    return (step, h, like) -> {
      Seeds part = seeds.part("step " + step);
      int count = (int) like.getShape().get(0);
      NDArray z = part.normal(like.getShape().slice(1), count).toType(like.getDataType(), false);
      return z.mul(Scalars.fresh(Math.sqrt(Math.abs(h)), z));
    };
  }

  /**
   * Increments drawn for the whole batch at once, for ensembles of many thousand paths: they repeat
   * for the same batch only.
   */
  static BrownianPath ofBatch(Seeds seeds) {
    return (step, h, like) -> {
      NDArray z = seeds.normal(step, like.getShape(), like.getDataType());
      return z.mul(Scalars.fresh(Math.sqrt(Math.abs(h)), z));
    };
  }

  /**
   * The same Brownian motion seen at longer steps: each increment is the sum of {@code steps}
   * increments of this path.
   *
   * @throws IllegalArgumentException when {@code steps} is below 1
   */
  default BrownianPath coarsened(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    return (step, h, like) -> {
      NDArray sum = increment(step * steps, h / steps, like);
      for (int i = 1; i < steps; i++) {
        sum = sum.add(increment(step * steps + i, h / steps, like));
      }
      return sum;
    };
  }
}
