package condgen.ode;

/**
 * A method on a fixed grid of times that remembers the slopes of earlier steps: {@link
 * AdamsBashforth} or {@link AdamsMoulton}.
 *
 * <p>The weights are made for equal steps: a last step that {@link AdamsBashforth#stepSize} must
 * shorten costs accuracy, so prefer {@code steps(n)}. The first two steps are those of the {@link
 * ThreeEighthsRule}; then the number of slopes grows by one each step, so that the order of the
 * whole is at most 4 for the explicit and 5 for the implicit method.
 */
public final class MultiStep implements Solver {

  private final AdamsMethod method;
  private final Grid.Rule rule;
  private final Interpolation interpolation;
  private final Extras extras;

  private MultiStep(
      AdamsMethod method, Grid.Rule rule, Interpolation interpolation, Extras extras) {
    this.method = method;
    this.rule = rule;
    this.interpolation = interpolation;
    this.extras = extras;
  }

  /** With highest order 4 and the corrector's tolerances 1e-7 and 1e-9. */
  static MultiStep of(boolean implicit, Grid.Rule rule) {
    AdamsMethod method = new AdamsMethod(implicit, 4, new Tolerances(1e-7, 1e-9));
    return new MultiStep(method, rule, Interpolation.LINEAR, Extras.NONE);
  }

  /**
   * The highest order: up to q - 1 slopes are remembered. The explicit method then has order q - 1,
   * the implicit one q. Higher orders need smaller steps to be stable.
   *
   * @param q from 4 to 12
   */
  public MultiStep maxOrder(int q) {
    if (q < 4 || q > 12) {
      throw new IllegalArgumentException("maxOrder must be from 4 to 12, but is " + q);
    }
    return with(new AdamsMethod(method.implicit(), q, method.tolerances()));
  }

  /**
   * The corrector repeats, at most four times, until it changes the step by less than this. The
   * explicit method has no corrector.
   */
  public MultiStep tolerances(double rtol, double atol) {
    Tolerances tolerances = new Tolerances(rtol, atol);
    return with(new AdamsMethod(method.implicit(), method.maxOrder(), tolerances));
  }

  /** The same with another interpolation between grid points. */
  public MultiStep interpolation(Interpolation other) {
    if (other == null) {
      throw new IllegalArgumentException("interpolation must be given, but is null");
    }
    return new MultiStep(method, rule, other, extras);
  }

  @Override
  public MultiStep dense() {
    return new MultiStep(method, rule, interpolation, extras.withDense());
  }

  @Override
  public MultiStep events(Event... events) {
    return new MultiStep(method, rule, interpolation, extras.with(events));
  }

  /** As {@link FixedStep#between}. */
  MultiStep between(double[] times) {
    return new MultiStep(method, rule.between(times), interpolation, extras);
  }

  private MultiStep with(AdamsMethod other) {
    return new MultiStep(other, rule, interpolation, extras);
  }

  @Override
  public OdeSolution solve(InitialValueProblem problem, StepObserver observer) {
    Grid grid = rule.over(problem.times());
    return new FixedStepRun(problem, method, grid, interpolation, extras, observer).solve();
  }
}
