package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Measured orders of the stochastic methods against closed forms. */
class SdeConvergenceTest {

  private static final double PULL = 1.3;
  private static final double GROWTH = 0.7;
  private static final double VOLATILITY = 0.5;

  /** dx = −1.3 x dt + (0.4 + t) dw, noise that depends on time. */
  private static final StochasticDynamics ORNSTEIN_UHLENBECK =
      StochasticDynamics.of((t, x) -> Scalars.scale(x, -PULL), t -> 0.4 + t);

  /** Geometric Brownian motion dx = 0.7 x dt + 0.5 x dw. */
  private static final StochasticDynamics GEOMETRIC =
      StochasticDynamics.byElement(
          (t, x) -> Scalars.scale(x, GROWTH), (t, x) -> Scalars.scale(x, VOLATILITY));

  /**
   * All 2ⁿ paths of n steps ±√h. For a linear equation mean and variance over them are those over
   * Gaussian steps exactly, so that a weak error has no sampling error.
   */
  private static final BrownianPath ALL_SIGNS =
      (step, h, like) -> {
        double[] signs = new double[(int) like.size()];
        for (int i = 0; i < signs.length; i++) {
          signs[i] = ((i >> step & 1) == 0 ? 1 : -1) * Math.sqrt(Math.abs(h));
        }
        return Tensors.of(signs, like.getShape());
      };

  private static double[] moments(StochasticDynamics f, StochasticSolver solver, int steps) {
    return Scope.call(
        () -> {
          NDArray x0 = Tensors.full(new Shape(1L << steps, 1), 1.5, DataType.FLOAT64);
          double[] times = {0, 1};
          NDArray x = Sde.solve(f, x0, times, solver, ALL_SIGNS, StepObserver.NONE).x();
          double mean = Tensors.item(x.mean());
          double square = Tensors.item(x.square().mean());
          return new double[] {mean, square - mean * mean, square};
        });
  }

  /** Moment 0 is the mean, 1 the variance, 2 the mean square. */
  private static double weakOrder(
      StochasticDynamics f, IntFunction<StochasticSolver> solver, int moment, double exact) {
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      int steps = 6 << i;
      error[i] = Math.abs(moments(f, solver.apply(steps), steps)[moment] - exact);
    }
    return Math.log(error[0] / error[1]) / Math.log(2);
  }

  @Test
  void weakOrders_withNoiseThatDependsOnTime_areOneAndTwo() {
    double mean = 1.5 * Math.exp(-PULL);
    double variance = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double s = (i + 0.5) / n;
      variance += Math.exp(-2 * PULL * (1 - s)) * (0.4 + s) * (0.4 + s) / n;
    }
    double square = mean * mean + variance;
    assertEquals(1, weakOrder(ORNSTEIN_UHLENBECK, EulerMaruyama::steps, 0, mean), 0.15);
    assertEquals(1, weakOrder(ORNSTEIN_UHLENBECK, EulerMaruyama::steps, 2, square), 0.15);
    assertEquals(2, weakOrder(ORNSTEIN_UHLENBECK, StochasticHeun::steps, 0, mean), 0.2);
    assertEquals(2, weakOrder(ORNSTEIN_UHLENBECK, StochasticHeun::steps, 1, variance), 0.2);
  }

  /** In Stratonovich's sense the mean would grow by 0.7 + 0.125 instead of 0.7. */
  @Test
  void noiseThatDependsOnTheState_isReadInItosSense() {
    double mean = 1.5 * Math.exp(GROWTH);
    double square = mean * mean * Math.exp(VOLATILITY * VOLATILITY);
    assertEquals(1, weakOrder(GEOMETRIC, EulerMaruyama::steps, 0, mean), 0.15);
    assertEquals(1, weakOrder(GEOMETRIC, EulerMaruyama::steps, 2, square), 0.15);
    double heun = moments(GEOMETRIC, StochasticHeun.steps(12), 12)[0];
    assertEquals(mean, heun, 1e-3 * mean, "Stratonovich's is larger by 13 %");
  }

  /** Mean distance at t = 1 to the closed form along the same Brownian motion. */
  private static double strongError(
      StochasticDynamics f, IntFunction<StochasticSolver> solver, int steps) {
    int finest = 256;
    int paths = 2000;
    return Scope.call(
        () -> {
          BrownianPath fine = BrownianPath.ofBatch(Seeds.of(11));
          NDArray x0 = Tensors.full(new Shape(paths, 1), 1.5, DataType.FLOAT64);
          NDArray exact = f == GEOMETRIC ? geometric(fine, x0, finest) : ou(fine, x0, finest);
          BrownianPath path = fine.coarsened(finest / steps);
          double[] times = {0, 1};
          NDArray x = Sde.solve(f, x0, times, solver.apply(steps), path, StepObserver.NONE).x();
          return Tensors.item(x.sub(exact).abs().mean());
        });
  }

  private static NDArray geometric(BrownianPath path, NDArray x0, int finest) {
    NDArray end = path.coarsened(finest).increment(0, 1, x0);
    return end.mul(VOLATILITY).add(GROWTH - VOLATILITY * VOLATILITY / 2).exp().mul(x0);
  }

  /** e^(−1.3) x₀ + ∫ e^(−1.3 (1 − s)) (0.4 + s) dw, by the midpoint rule on the finest steps. */
  private static NDArray ou(BrownianPath path, NDArray x0, int finest) {
    NDArray sum = x0.mul(Math.exp(-PULL));
    for (int i = 0; i < finest; i++) {
      double s = (i + 0.5) / finest;
      NDArray dw = path.increment(i, 1.0 / finest, x0);
      sum = sum.add(dw.mul(Math.exp(-PULL * (1 - s)) * (0.4 + s)));
    }
    return sum;
  }

  private static double strongOrder(
      StochasticDynamics f, IntFunction<StochasticSolver> solver, int few, int many) {
    double ratio = strongError(f, solver, few) / strongError(f, solver, many);
    return Math.log(ratio) / Math.log((double) many / few);
  }

  @Test
  void strongOrders_areOneHalfOrOne() {
    assertEquals(0.5, strongOrder(GEOMETRIC, EulerMaruyama::steps, 8, 128), 0.1);
    assertEquals(0.5, strongOrder(GEOMETRIC, StochasticHeun::steps, 8, 128), 0.1);
    assertEquals(1, strongOrder(ORNSTEIN_UHLENBECK, EulerMaruyama::steps, 4, 32), 0.1);
    assertEquals(1, strongOrder(ORNSTEIN_UHLENBECK, StochasticHeun::steps, 4, 32), 0.1);
  }
}
