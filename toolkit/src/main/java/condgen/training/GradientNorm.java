package condgen.training;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/** The Euclidean norm over all gradients together. */
public final class GradientNorm {

  private GradientNorm() {}

  /** √(Σ g²) over every element of every array. */
  public static double of(NDList gradients) {
    return Scope.call(
        () -> {
          NDList squares = new NDList(gradients.size());
          gradients.forEach(g -> squares.add(g.mul(g).sum()));
          return squares.isEmpty() ? 0 : Math.sqrt(Tensors.item(NDArrays.stack(squares).sum()));
        });
  }

  /**
   * Scales all gradients by one factor so that their norm is at most {@code most}.
   *
   * @return the norm before
   */
  public static double clip(NDList gradients, double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException("most must be positive, but is " + most);
    }
    double norm = of(gradients);
    if (norm > most) {
      double factor = most / (norm + 1e-6);
      Scope.run(() -> gradients.forEach(g -> g.muli(Scalars.fresh(factor, g))));
    }
    return norm;
  }
}
