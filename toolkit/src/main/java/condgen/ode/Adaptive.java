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

  /** The options; the defaults are those of {@link #of}. */
  record Options(
      ButcherTableau tableau,
      Tolerances tolerances,
      StepControl control,
      double firstStep,
      double smallestStep,
      long stepLimit) {}

  private final Options options;

  private Adaptive(Options options) {
    this.options = options;
  }

  /**
   * A method with tolerances; {@link StepControl#torchdiffeq}, first step chosen by it, no smallest
   * step but rounding, at most 100,000 steps.
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
    return new Adaptive(
        new Options(tableau, tolerances, StepControl.torchdiffeq(), Double.NaN, 0, 100_000));
  }

  /** Other rules for error and step. */
  public Adaptive control(StepControl control) {
    if (control == null) {
      throw new IllegalArgumentException("control must be given, but is null");
    }
    return new Adaptive(
        new Options(
            options.tableau,
            options.tolerances,
            control,
            options.firstStep,
            options.smallestStep,
            options.stepLimit));
  }

  /** A given length of the first step instead of a chosen one. */
  public Adaptive firstStep(double h) {
    return new Adaptive(
        new Options(
            options.tableau,
            options.tolerances,
            options.control,
            positive("firstStep", h),
            options.smallestStep,
            options.stepLimit));
  }

  /** The solve ends with {@link Status#STEP_TOO_SMALL} where a shorter step would be needed. */
  public Adaptive smallestStep(double h) {
    return new Adaptive(
        new Options(
            options.tableau,
            options.tolerances,
            options.control,
            options.firstStep,
            positive("smallestStep", h),
            options.stepLimit));
  }

  /**
   * The solve ends with {@link Status#STEP_LIMIT} after this many steps, rejected ones included.
   */
  public Adaptive stepLimit(long steps) {
    return new Adaptive(
        new Options(
            options.tableau,
            options.tolerances,
            options.control,
            options.firstStep,
            options.smallestStep,
            (long) positive("stepLimit", steps)));
  }

  /** The same without error control of the arrays after the first ones. */
  Adaptive controllingFirst(int arrays) {
    return new Adaptive(
        new Options(
            options.tableau,
            options.tolerances.ofFirst(arrays),
            options.control,
            options.firstStep,
            options.smallestStep,
            options.stepLimit));
  }

  ButcherTableau tableau() {
    return options.tableau;
  }

  private static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
    return value;
  }

  @Override
  public OdeSolution solve(InitialValueProblem problem, StepObserver observer) {
    options.tolerances.requireFit(problem.x0().size());
    return new AdaptiveRun(problem, options, observer).solve();
  }
}
