package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.thesis.Equation;

/**
 * The Euler-Maruyama method: x(t + h) = x + h f(x, t) + G(x, t) dw.
 *
 * <p>Itô's calculus. Strong order 1/2 (1 when G does not depend on the state), weak order 1. Gisiro
 * Maruyama, Continuous Markov processes and stochastic equations, Rendiconti del Circolo Matematico
 * di Palermo 4, 1955.
 */
public final class EulerMaruyama {

  private EulerMaruyama() {}

  /** One step; arguments as in {@link StochasticMethod#step}. */
  @Equation({"2.4.49", "2.4.51"})
  public static NDArray step(StochasticDynamics f, double t, double h, NDArray x, NDArray dw) {
    NDArray drift = f.drift(t, x);
    return x.add(drift.mul(Scalars.fresh(h, drift))).add(f.diffusion(t, x, dw));
  }

  /** n equal steps from the first to the last requested time. */
  public static StochasticSolver steps(int n) {
    return new StochasticSolver(EulerMaruyama::step, Grid.equalSteps(n));
  }

  /** Steps of length h from the first requested time; the last may be shorter. */
  public static StochasticSolver stepSize(double h) {
    return new StochasticSolver(EulerMaruyama::step, Grid.stepSize(h));
  }

  /** One step from each requested time to the next. */
  public static StochasticSolver onOutputTimes() {
    return new StochasticSolver(EulerMaruyama::step, Grid::outputTimes);
  }
}
