package condgen.ode;

/**
 * A stochastic method on a fixed grid of times, made by the class of the method, such as {@code
 * EulerMaruyama.steps(100)}. Immutable; may be used for any number of solves.
 */
public final class StochasticSolver {

  private final StochasticMethod method;
  private final Grid.Rule rule;

  StochasticSolver(StochasticMethod method, Grid.Rule rule) {
    this.method = method;
    this.rule = rule;
  }

  StochasticMethod method() {
    return method;
  }

  /** The grid over these times, of which each must be a grid point. */
  Grid over(double[] times) {
    Grid grid = rule.over(times);
    double tolerance = 1e-9 * Math.abs(times[times.length - 1] - times[0]);
    int next = 0;
    for (long k = 0; k <= grid.steps() && next < times.length; k++) {
      if (Math.abs(grid.time(k) - times[next]) <= tolerance) {
        next++;
      }
    }
    if (next < times.length) {
      throw new IllegalArgumentException(
          "times must lie on the solver's grid, since a random path has no values between, but"
              + " times["
              + next
              + "] is "
              + times[next]);
    }
    return grid;
  }
}
