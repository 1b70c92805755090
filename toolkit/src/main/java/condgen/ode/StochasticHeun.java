package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;

/**
 * Heun's method with noise: predict by Euler-Maruyama, then take the mean of the drifts at both
 * ends.
 *
 * <pre>{@code
 * x̃ = x + h f(x, t) + G(x, t) dw
 * x(t + h) = x + h/2 (f(x, t) + f(x̃, t + h)) + 1/2 (G(x, t) + G(x, t + h)) dw
 * }</pre>
 *
 * <p>Itô's calculus: G sees the state at the start of the step only, never the predicted one. Made
 * for a G that depends on time alone, where the weak order is 2 and the strong order 1; when G
 * depends on the state it still converges to Itô's solution, with the orders of {@link
 * EulerMaruyama}. (With G at the predicted state too it would converge to Stratonovich's.) Two
 * evaluations of the drift per step.
 */
public final class StochasticHeun {

  private StochasticHeun() {}

  /** One step; arguments as in {@link StochasticMethod#step}. */
  public static NDArray step(StochasticDynamics f, double t, double h, NDArray x, NDArray dw) {
    NDArray first = f.drift(t, x);
    NDArray noise = f.diffusion(t, x, dw);
    NDArray predicted = x.add(first.mul(Scalars.fresh(h, first))).add(noise);
    NDArray slopes = first.add(f.drift(t + h, predicted));
    NDArray mean = Scalars.scale(noise.add(f.diffusion(t + h, x, dw)), 0.5);
    return x.add(slopes.mul(Scalars.fresh(h / 2, slopes))).add(mean);
  }

  /** n equal steps from the first to the last requested time. */
  public static StochasticSolver steps(int n) {
    return new StochasticSolver(StochasticHeun::step, Grid.equalSteps(n));
  }

  /** Steps of length h from the first requested time; the last may be shorter. */
  public static StochasticSolver stepSize(double h) {
    return new StochasticSolver(StochasticHeun::step, Grid.stepSize(h));
  }

  /** One step from each requested time to the next. */
  public static StochasticSolver onOutputTimes() {
    return new StochasticSolver(StochasticHeun::step, Grid::outputTimes);
  }
}
