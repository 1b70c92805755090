package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;

/**
 * The slopes of the state that an adjoint solve integrates backwards: x, the adjoint a, the
 * gradient of the start time (for {@link TimedDynamics}) and the gradients of the parameters.
 *
 * <p>dx/dt = f, da/dt = −aᵀ ∂f/∂x, and −aᵀ ∂f/∂t, −aᵀ ∂f/∂θ for the integrals: one vector-Jacobian
 * product gives them all.
 */
final class AdjointDynamics implements Dynamics {

  private final ParametricDynamics f;
  private final NDList theta;
  private final int arrays;
  private final boolean timed;

  /**
   * The dynamics.
   *
   * @param arrays number of arrays of x
   */
  AdjointDynamics(ParametricDynamics f, NDList theta, int arrays) {
    this.f = f;
    this.theta = theta;
    this.arrays = arrays;
    timed = f instanceof TimedDynamics;
  }

  /** True when the gradient of the start time is integrated. */
  boolean isTimed() {
    return timed;
  }

  /** Number of arrays of the state before the gradients of the parameters. */
  int beforeTheta() {
    return 2 * arrays + (timed ? 1 : 0);
  }

  /** x and a; everything after them is an integral. */
  @Override
  public int reads(int all) {
    return 2 * arrays;
  }

  @Override
  @Equation({"2.2.2", "2.2.9"})
  public NDList apply(double t, NDList state) {
    NDList at = new NDList(state.size());
    NDList minusA = new NDList(arrays);
    for (int i = 0; i < arrays; i++) {
      at.add(state.get(i));
      minusA.add(state.get(arrays + i).neg());
    }
    if (timed) {
      at.add(Scalars.fresh(t, state.get(0)));
    }
    at.addAll(theta);
    Gradients.Vjp found = Gradients.vjp(leaves -> slope(leaves, t), at, minusA);
    NDList slopes = new NDList(state.size());
    slopes.addAll(found.outputs());
    slopes.addAll(found.products());
    return slopes;
  }

  private NDList slope(NDList leaves, double t) {
    NDList x = new NDList(leaves.subList(0, arrays));
    int rest = arrays + (timed ? 1 : 0);
    NDList parameters = new NDList(leaves.subList(rest, leaves.size()));
    if (timed) {
      NDArray time = leaves.get(arrays);
      return ((TimedDynamics) f).apply(parameters, time, x);
    }
    return f.apply(parameters, t, x);
  }
}
