package condgen.ode;

/**
 * An explicit Runge-Kutta method that chooses its steps so that the estimated error stays within
 * tolerances.
 *
 * <p>Made by the class of a method, such as {@code DormandPrince.tolerances(1e-6, 1e-8)}; further
 * options return a changed copy. The solver steps past requested times and interpolates back, so
 * the dynamics may be evaluated beyond the last of them.
 */
public final class Adaptive implements Solver {

  /** How steps are chosen; NaN as first step leaves it to the control. */
  record Steps(StepControl control, double first, double smallest, double largest, long limit) {}

  private final ButcherTableau tableau;
  private final Tolerances tolerances;
  private final Steps steps;
  private final Extras extras;

  private Adaptive(ButcherTableau tableau, Tolerances tolerances, Steps steps, Extras extras) {
    this.tableau = tableau;
    this.tolerances = tolerances;
    this.steps = steps;
    this.extras = extras;
  }

  /**
   * A method with tolerances; {@link StepControl#torchdiffeq}, first step chosen by it, no smallest
   * step but rounding, no largest, at most 100,000 steps.
   *
   * @throws IllegalArgumentException when the method has no error estimate, no interpolation or
   *     does not end on the slope at the new state
   */
  public static Adaptive of(ButcherTableau tableau, Tolerances tolerances) {
    if (!tableau.hasErrorEstimate()
        || !tableau.isFirstSameAsLast()
        || tableau.midpointWeights().length == 0) {
      throw new IllegalArgumentException(
          "tableau must estimate its error, end on the slope at the new state and have midpoint"
              + " weights, but "
              + tableau.name()
              + " does not");
    }
    if (tolerances == null) {
      throw new IllegalArgumentException("tolerances must be given, but are null");
    }
    Steps steps =
        new Steps(StepControl.torchdiffeq(), Double.NaN, 0, Double.POSITIVE_INFINITY, 100_000);
    return new Adaptive(tableau, tolerances, steps, Extras.NONE);
  }

  /** Other rules for error and step. */
  public Adaptive control(StepControl control) {
    if (control == null) {
      throw new IllegalArgumentException("control must be given, but is null");
    }
    return with(new Steps(control, steps.first, steps.smallest, steps.largest, steps.limit));
  }

  /** A given length of the first step instead of a chosen one. */
  public Adaptive firstStep(double h) {
    positive("firstStep", h);
    return with(new Steps(steps.control, h, steps.smallest, steps.largest, steps.limit));
  }

  /** The solve ends with {@link Status#STEP_TOO_SMALL} where a shorter step would be needed. */
  public Adaptive smallestStep(double h) {
    positive("smallestStep", h);
    return with(new Steps(steps.control, steps.first, h, steps.largest, steps.limit));
  }

  /**
   * No step is longer, whatever the error: for dynamics that are at rest and then change suddenly,
   * and for {@link Event}s that would be stepped over.
   */
  public Adaptive largestStep(double h) {
    positive("largestStep", h);
    return with(new Steps(steps.control, steps.first, steps.smallest, h, steps.limit));
  }

  /**
   * The solve ends with {@link Status#STEP_LIMIT} after this many steps, rejected ones included.
   */
  public Adaptive stepLimit(long n) {
    positive("stepLimit", n);
    return with(new Steps(steps.control, steps.first, steps.smallest, steps.largest, n));
  }

  @Override
  public Adaptive dense() {
    return new Adaptive(tableau, tolerances, steps, extras.withDense());
  }

  @Override
  public Adaptive events(Event... events) {
    return new Adaptive(tableau, tolerances, steps, extras.with(events));
  }

  /** The same without error control of the arrays after the first ones. */
  Adaptive controllingFirst(int arrays) {
    return new Adaptive(tableau, tolerances.ofFirst(arrays), steps, extras);
  }

  ButcherTableau tableau() {
    return tableau;
  }

  private Adaptive with(Steps other) {
    return new Adaptive(tableau, tolerances, other, extras);
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
  }

  @Override
  public OdeSolution solve(InitialValueProblem problem, StepObserver observer) {
    tolerances.requireFit(problem.x0().size());
    if (steps.smallest > steps.largest) {
      throw new IllegalArgumentException(
          "smallestStep must be at most largestStep, but they are "
              + steps.smallest
              + " and "
              + steps.largest);
    }
    return new AdaptiveRun(problem, tableau, tolerances, steps, extras, observer).solve();
  }
}
