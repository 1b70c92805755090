package condgen.ode;

/**
 * An explicit Runge-Kutta method on a fixed grid of times.
 *
 * <p>Made by the class of a method, such as {@code Euler.steps(4)} or {@code
 * ClassicRungeKutta.stepSize(0.05)}. States at requested times between grid points are
 * interpolated, linearly unless told otherwise; an exact solve at given times wants them on the
 * grid.
 */
public final class FixedStep implements Solver {

  private final ButcherTableau tableau;
  private final Grid.Rule rule;
  private final Interpolation interpolation;
  private final Extras extras;

  private FixedStep(
      ButcherTableau tableau, Grid.Rule rule, Interpolation interpolation, Extras extras) {
    if (tableau == null || interpolation == null) {
      throw new IllegalArgumentException(
          (tableau == null ? "tableau" : "interpolation") + " must be given, but is null");
    }
    this.tableau = tableau;
    this.rule = rule;
    this.interpolation = interpolation;
    this.extras = extras;
  }

  /**
   * n equal steps from the first to the last requested time.
   *
   * @throws IllegalArgumentException when n is below 1
   */
  public static FixedStep steps(ButcherTableau tableau, int n) {
    return new FixedStep(tableau, Grid.equalSteps(n), Interpolation.LINEAR, Extras.NONE);
  }

  /**
   * Steps of length h from the first requested time: ceil(|t_end - t_0| / h + 1) grid points, the
   * last moved to the end, so the last step may be shorter.
   *
   * @throws IllegalArgumentException when h is not positive
   */
  public static FixedStep stepSize(ButcherTableau tableau, double h) {
    return new FixedStep(tableau, Grid.stepSize(h), Interpolation.LINEAR, Extras.NONE);
  }

  /** One step from each requested time to the next. */
  public static FixedStep onOutputTimes(ButcherTableau tableau) {
    return new FixedStep(tableau, Grid::outputTimes, Interpolation.LINEAR, Extras.NONE);
  }

  /** The same with another interpolation between grid points. */
  public FixedStep interpolation(Interpolation other) {
    return new FixedStep(tableau, rule, other, extras);
  }

  @Override
  public FixedStep dense() {
    return new FixedStep(tableau, rule, interpolation, extras.withDense());
  }

  @Override
  public FixedStep events(Event... events) {
    return new FixedStep(tableau, rule, interpolation, extras.with(events));
  }

  /**
   * The same for solves between neighbours of these times one by one: n equal steps over all of
   * them become a share of n. Without events and dense output.
   */
  FixedStep between(double[] times) {
    return new FixedStep(tableau, rule.between(times), interpolation, Extras.NONE);
  }

  ButcherTableau tableau() {
    return tableau;
  }

  Interpolation interpolation() {
    return interpolation;
  }

  @Override
  public OdeSolution solve(InitialValueProblem problem, StepObserver observer) {
    Grid grid = rule.over(problem.times());
    FixedMethod method = new RungeKuttaMethod(tableau);
    return new FixedStepRun(problem, method, grid, interpolation, extras, observer).solve();
  }
}
