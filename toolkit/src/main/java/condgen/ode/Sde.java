package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;

/**
 * Solves stochastic differential equations dx = f(x, t) dt + G(x, t) dw: one verb, with the method
 * as an argument.
 *
 * <pre>{@code
 * StochasticDynamics pull = StochasticDynamics.of((t, x) -> x.neg(), t -> 0.5);
 * NDArray end = Sde.solve(pull, x0, 0, 1, EulerMaruyama.steps(100), Seeds.of(7)).x();
 * }</pre>
 *
 * <p>Itô's calculus throughout. Times may decrease: the equation is then run backwards, with h
 * negative and noise of variance −h, as reverse diffusion wants it. The result is an {@link
 * OdeSolution}; its evaluations count calls of the drift.
 */
public final class Sde {

  private Sde() {}

  /**
   * The state at t1. Sample i depends on (seeds, step, i) alone.
   *
   * @param f drift and diffusion
   * @param x0 states at t0, (batch, ...), float32 or float64
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  @Equation("2.4.51")
  public static OdeSolution solve(
      StochasticDynamics f,
      NDArray x0,
      double t0,
      double t1,
      StochasticSolver solver,
      Seeds seeds) {
    return solve(f, x0, new double[] {t0, t1}, solver, seeds);
  }

  /** The state at several times, each of them a grid point of the solver. */
  public static OdeSolution solve(
      StochasticDynamics f, NDArray x0, double[] times, StochasticSolver solver, Seeds seeds) {
    if (seeds == null) {
      throw new IllegalArgumentException("seeds must be given, but are null");
    }
    return solve(f, x0, times, solver, BrownianPath.of(seeds), StepObserver.NONE);
  }

  /**
   * The state at several times, with a given Brownian motion and an observer.
   *
   * @param f drift and diffusion
   * @param x0 states at {@code times[0]}, (batch, ...), float32 or float64
   * @param times start, then the times at which the state is wanted; strictly monotone, grid points
   * @param solver the method, such as {@code EulerMaruyama.steps(100)}
   * @param path the noise
   * @param observer told of each step; its error ratio is NaN
   * @return the states; when one is no longer finite, the last that was, with the status's advice
   * @throws IllegalArgumentException naming the argument that does not fit, also when f or the path
   *     return another shape or type than x0's
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  @Equation("2.4.51")
  public static OdeSolution solve(
      StochasticDynamics f,
      NDArray x0,
      double[] times,
      StochasticSolver solver,
      BrownianPath path,
      StepObserver observer) {
    require(f, "f");
    require(solver, "solver");
    require(path, "path");
    require(observer, "observer");
    VectorField drift = f::drift;
    InitialValueProblem problem = new InitialValueProblem(drift, new NDList(x0), times);
    if (x0.getShape().dimension() == 0) {
      throw new IllegalArgumentException("x0 must have shape (batch, ...), but holds one number");
    }
    return new StochasticRun(problem, f, solver, path, observer).solve();
  }

  private static void require(Object argument, String name) {
    if (argument == null) {
      throw new IllegalArgumentException(name + " must be given, but is null");
    }
  }
}
