package condgen.ode;

import ai.djl.ndarray.NDArray;

/**
 * One step of a method for stochastic differential equations.
 *
 * <p>{@link EulerMaruyama} and {@link StochasticHeun} are methods; each makes a {@link
 * StochasticSolver}.
 */
@FunctionalInterface
public interface StochasticMethod {

  /**
   * One step.
   *
   * @param f drift and diffusion
   * @param t time
   * @param h step; negative when time runs backwards
   * @param x state at t, (batch, ...)
   * @param dw increment of Brownian motion, of variance |h|, of x's shape and type
   * @return state at t + h
   */
  NDArray step(StochasticDynamics f, double t, double h, NDArray x, NDArray dw);
}
