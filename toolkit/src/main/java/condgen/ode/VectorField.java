package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The right-hand side f of dx/dt = f(x(t), t) for a state that is one array; the usual case.
 *
 * <pre>{@code
 * VectorField f = (t, x) -> x.mul(Scalars.fresh(2 * t, x)); // dx/dt = 2xt
 * }</pre>
 */
@FunctionalInterface
public interface VectorField extends Dynamics {

  /**
   * The slope dx/dt.
   *
   * @param t time
   * @param x state, any shape
   * @return an array of the shape and type of x
   */
  NDArray apply(double t, NDArray x);

  /** The same for a list that holds one array. */
  @Override
  default NDList apply(double t, NDList x) {
    if (x.size() != 1) {
      throw new IllegalArgumentException(
          "x0 must hold one array for this dynamics, but holds " + x.size());
    }
    return new NDList(apply(t, x.get(0)));
  }
}
