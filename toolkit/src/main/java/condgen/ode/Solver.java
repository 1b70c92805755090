package condgen.ode;

/**
 * A way to solve an initial value problem: {@link FixedStep}, {@link MultiStep} or {@link
 * Adaptive}, made by the class of a method, such as {@code Euler.steps(64)} or {@code
 * DormandPrince.tolerances(1e-6, 1e-8)}.
 *
 * <p>A solver is immutable and may be used for any number of problems.
 */
public interface Solver {

  /**
   * Solves a problem. States at the requested times go to the enclosing scope; everything else is
   * freed, also when the dynamics or the observer throws.
   *
   * @param problem what to solve
   * @param observer told of each accepted step
   */
  OdeSolution solve(InitialValueProblem problem, StepObserver observer);

  /** The same, but the solution can be asked for its state at any time; that costs memory. */
  Solver dense();

  /** The same, but looking out for events; they replace those named before. */
  Solver events(Event... events);
}
