package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;
import java.util.function.DoubleUnaryOperator;

/**
 * The right-hand side of a stochastic differential equation dx = f(x, t) dt + G(x, t) dw, read in
 * Itô's sense: G is taken at the start of each short time, before dw is known.
 *
 * <p>The state is one array (batch, ...). G acts on white noise of the state's shape, so that a
 * matrix need never be written down. Use {@code Scalars.fresh} for numbers made from t.
 */
public interface StochasticDynamics {

  /**
   * f(x, t).
   *
   * @param t time
   * @param x state
   * @return of x's shape and type
   */
  NDArray drift(double t, NDArray x);

  /**
   * G(x, t) z.
   *
   * @param t time
   * @param x state
   * @param z noise, of x's shape and type
   * @return of x's shape and type
   */
  NDArray diffusion(double t, NDArray x, NDArray z);

  /** dx = f(x, t) dt + g(t) dw: the noise depends on time alone, not on the state. */
  @Equation("2.4.51")
  static StochasticDynamics of(VectorField drift, DoubleUnaryOperator g) {
    return new StochasticDynamics() {
      @Override
      public NDArray drift(double t, NDArray x) {
        return drift.apply(t, x);
      }

      @Override
      public NDArray diffusion(double t, NDArray x, NDArray z) {
        return z.mul(Scalars.fresh(g.applyAsDouble(t), z));
      }
    };
  }

  /** dx = f(x, t) dt + g(x, t) dw by element: the noise of each number depends on the state. */
  @Equation("2.4.51")
  static StochasticDynamics byElement(VectorField drift, VectorField g) {
    return new StochasticDynamics() {
      @Override
      public NDArray drift(double t, NDArray x) {
        return drift.apply(t, x);
      }

      @Override
      public NDArray diffusion(double t, NDArray x, NDArray z) {
        return z.mul(g.apply(t, x));
      }
    };
  }
}
