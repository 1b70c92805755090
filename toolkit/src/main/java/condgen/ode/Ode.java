package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.thesis.Equation;

/**
 * Solves initial value problems: one verb, with the method as an argument.
 *
 * <pre>{@code
 * var solution = Ode.solve((t, x) -> x.mul(Scalars.fresh(2 * t, x)), x0, 0, 1, Euler.steps(4));
 * double end = Tensors.item(solution.x());
 * }</pre>
 *
 * <p>The state is one array, or an {@link NDList} of several. Times may decrease: the equation is
 * then integrated backwards. A gradient may run through a solve inside {@code Gradients}.
 */
public final class Ode {

  private Ode() {}

  /**
   * x(t₁) = ODESolve(f, x(t₀), t₀, t₁), for a state of one array; the result is {@code
   * solution.x()}.
   *
   * @param f slope of the state
   * @param x0 state at t0, any shape
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  @Equation({"2.1.2", "2.1.16"})
  public static OdeSolution solve(VectorField f, NDArray x0, double t0, double t1, Solver solver) {
    return solve(f, new NDList(x0), new double[] {t0, t1}, solver, StepObserver.NONE);
  }

  /** The state of one array at several times. */
  public static OdeSolution solve(VectorField f, NDArray x0, double[] times, Solver solver) {
    return solve(f, new NDList(x0), times, solver, StepObserver.NONE);
  }

  /** The state of one array at several times, with an observer. */
  public static OdeSolution solve(
      VectorField f, NDArray x0, double[] times, Solver solver, StepObserver observer) {
    return solve(f, new NDList(x0), times, solver, observer);
  }

  /** A state of several arrays at several times. */
  public static OdeSolution solve(Dynamics f, NDList x0, double[] times, Solver solver) {
    return solve(f, x0, times, solver, StepObserver.NONE);
  }

  /**
   * A state of several arrays at several times, with an observer.
   *
   * @param f slope of the state
   * @param x0 state at {@code times[0]}: arrays of any shapes, one floating-point type, one device
   * @param times start, then the times at which the state is wanted; strictly monotone
   * @param solver the method, such as {@code DormandPrince.tolerances(1e-6, 1e-8)}
   * @param observer told of each accepted step
   * @throws IllegalArgumentException naming the argument that does not fit, also when f returns
   *     arrays of other shapes or types than x0's
   */
  public static OdeSolution solve(
      Dynamics f, NDList x0, double[] times, Solver solver, StepObserver observer) {
    if (solver == null) {
      throw new IllegalArgumentException("solver must be a method, but is null");
    }
    if (observer == null) {
      throw new IllegalArgumentException("observer must be one (StepObserver.NONE), but is null");
    }
    return solver.solve(new InitialValueProblem(f, x0, times), observer);
  }
}
