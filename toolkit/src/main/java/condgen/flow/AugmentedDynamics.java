package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.ode.ParametricDynamics;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * The slope of (v, Δ log p, kinetic energy, size of the Jacobian); the last two only with a
 * regulariser.
 *
 * @param e the direction of this solve; null when the divergence is exact
 */
record AugmentedDynamics(FlowField field, Divergence divergence, Regularizer regularizer, NDArray e)
    implements ParametricDynamics {

  @Override
  @Equation({"2.3.5", "2.3.7"})
  public NDList apply(NDList theta, double t, NDList state) {
    Divergence.Estimate at = divergence.at(v -> field.apply(theta, t, v), state.get(0), e);
    NDList slope = new NDList(at.value(), at.divergence().neg());
    if (regularizer != Regularizer.NONE) {
      slope.add(regularizer.kinetic(at.value()));
      slope.add(regularizer.jacobian(at));
    }
    return slope;
  }

  /** The state at the start: where samples are, and what was integrated before, or zeros. */
  NDList start(Passage from) {
    NDList state = new NDList(from.end(), from.change());
    if (regularizer != Regularizer.NONE) {
      state.add(orZeros(from.kinetic(), from.change()));
      state.add(orZeros(from.jacobian(), from.change()));
    }
    return state;
  }

  private static NDArray orZeros(NDArray integrated, NDArray like) {
    return integrated == null ? Tensors.zerosLike(like) : integrated;
  }
}
