package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * The moving average of parameters, average ← decay · average + (1 − decay) · θ, started at the
 * first θ without bias correction. Samples are drawn with the average, not with the last step's
 * parameters.
 */
public final class ExponentialMovingAverage {

  private final double decay;
  private final NDList average;

  /**
   * Starts at the given parameters.
   *
   * @param theta parameters
   * @param decay in [0, 1)
   */
  public ExponentialMovingAverage(NDList theta, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must lie in [0, 1), but is " + decay);
    }
    this.decay = decay;
    average = new NDList(theta.size());
    for (NDArray parameter : theta) {
      NDArray copy;
      try (Scope scope = Scope.open()) {
        copy = scope.keep(Tensors.copy(parameter));
      }
      copy.setName(parameter.getName());
      average.add(Scope.disown(copy));
    }
  }

  /** Takes a step's parameters in. */
  public void update(NDList theta) {
    Scope.run(
        () -> {
          for (int i = 0; i < average.size(); i++) {
            NDArray a = average.get(i);
            a.addi(Scalars.scale(theta.get(i).sub(a), 1 - decay));
          }
        });
  }

  /** The averaged parameters, in order; they change with the next update. */
  public NDList parameters() {
    return average;
  }
}
