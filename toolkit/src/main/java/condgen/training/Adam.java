package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * Adam (Kingma and Ba, 2015): steps along the mean gradient over the root of its mean square, both
 * bias-corrected. The engine's own Adam keeps its moments where they cannot be saved.
 */
public final class Adam {

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final NDList mean = new NDList();
  private final NDList square = new NDList();
  private long steps;

  /** The usual constants 0.9, 0.999 and 1e-8. */
  public Adam() {
    this(0.9, 0.999, 1e-8);
  }

  /**
   * Other constants.
   *
   * @param beta1 memory of the mean, in [0, 1)
   * @param beta2 memory of the mean square, in [0, 1)
   * @param epsilon added to the root, positive
   */
  public Adam(double beta1, double beta2, double epsilon) {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "beta1 and beta2 must lie in [0, 1) and epsilon must be positive, but are "
              + beta1
              + ", "
              + beta2
              + ", "
              + epsilon);
    }
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  /**
   * Changes the parameters in place.
   *
   * @param theta parameters, the same list at each call
   * @param gradients one per parameter, of its shape
   * @param learningRate size of the step, not negative
   */
  public void step(NDList theta, NDList gradients, double learningRate) {
    if (theta.size() != gradients.size()) {
      throw new IllegalArgumentException(
          "gradients must be one per parameter ("
              + theta.size()
              + "), but are "
              + gradients.size());
    }
    if (!(learningRate >= 0)) {
      throw new IllegalArgumentException(
          "learningRate must not be negative, but is " + learningRate);
    }
    prepare(theta);
    steps++;
    double size = learningRate / (1 - Math.pow(beta1, steps));
    double correction = 1 / Math.sqrt(1 - Math.pow(beta2, steps));
    Scope.run(
        () -> {
          for (int i = 0; i < theta.size(); i++) {
            NDArray parameter = theta.get(i);
            NDArray rate = Scalars.fresh(size, parameter);
            update(i, parameter, gradients.get(i), rate, Scalars.fresh(correction, parameter));
          }
        });
  }

  /** Makes the moments, which start at 0, where they are not there yet. */
  void prepare(NDList theta) {
    while (mean.size() < theta.size()) {
      NDArray like = theta.get(mean.size());
      mean.add(zerosNamedAs(like));
      square.add(zerosNamedAs(like));
    }
  }

  private static NDArray zerosNamedAs(NDArray like) {
    NDArray zeros = Scope.disown(Tensors.zerosLike(like));
    zeros.setName(like.getName());
    return zeros;
  }

  private void update(int i, NDArray theta, NDArray gradient, NDArray rate, NDArray correction) {
    NDArray m = mean.get(i);
    NDArray v = square.get(i);
    m.muli(Scalars.constant(beta1, m)).addi(Scalars.scale(gradient, 1 - beta1));
    v.muli(Scalars.constant(beta2, v)).addi(Scalars.scale(gradient.mul(gradient), 1 - beta2));
    NDArray root = v.sqrt().muli(correction).addi(Scalars.constant(epsilon, v));
    theta.subi(m.div(root).muli(rate));
  }

  /** The mean gradient of each parameter, not corrected; changes with the next step. */
  public NDList mean() {
    return mean;
  }

  /** The mean squared gradient of each parameter, not corrected; changes with the next step. */
  public NDList square() {
    return square;
  }

  void resumeAt(long stepsTaken) {
    steps = stepsTaken;
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }
}
