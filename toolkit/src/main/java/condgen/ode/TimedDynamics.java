package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;

/**
 * Dynamics with parameters that take the time as a 0-d array, so that ∂f/∂t exists: the adjoint
 * then integrates the gradient of the start time, −∫ aᵀ ∂f/∂t dt, along with the others.
 */
@FunctionalInterface
public interface TimedDynamics extends ParametricDynamics {

  /**
   * The slope dx/dt.
   *
   * @param theta parameters, any shapes
   * @param t time, 0-d, of the state's type
   * @param x state, any shapes
   * @return one array per array of x, of its shape and type
   */
  NDList apply(NDList theta, NDArray t, NDList x);

  @Override
  default NDList apply(NDList theta, double t, NDList x) {
    return apply(theta, Scalars.fresh(t, x.get(0)), x);
  }
}
