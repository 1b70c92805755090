package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * Gradients of the times of a solve, from the gradients of its states.
 *
 * <p>A later output time moves the state along the slope: ∂L/∂tᵢ = gᵢᵀ f(xᵢ, tᵢ). A later start
 * does the opposite to the whole solution: ∂L/∂t₀ = −a(t₀)ᵀ f(x₀, t₀). These hold for the true
 * solution, so for a computed one up to its error.
 */
final class TimeGradients {

  private TimeGradients() {}

  /** Number of evaluations that {@link #of} takes. */
  static long evaluations(OdeSolution forward) {
    return forward.states().size();
  }

  /**
   * One number per time.
   *
   * @param f dynamics at the parameters
   * @param cotangents gradients of the states after the first, array by array
   * @param a0 gradient of the first state, a(t₀)
   */
  static double[] of(Dynamics f, OdeSolution forward, NDList cotangents, NDList a0) {
    double[] found = new double[forward.times().length];
    found[0] = -along(f, forward, 0, a0);
    for (int i = 1; i < found.length; i++) {
      found[i] = along(f, forward, i, States.part(cotangents, i - 1, a0.size()));
    }
    return found;
  }

  /** gᵀ f(xᵢ, tᵢ). */
  static double along(Dynamics f, OdeSolution forward, int i, NDList g) {
    return Scope.call(
        () -> {
          NDList slope = f.apply(forward.times()[i], forward.state(i));
          NDArray sum = slope.get(0).mul(g.get(0)).sum();
          for (int j = 1; j < g.size(); j++) {
            sum = sum.add(slope.get(j).mul(g.get(j)).sum());
          }
          return Tensors.item(sum);
        });
  }
}
