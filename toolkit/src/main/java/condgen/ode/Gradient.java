package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Gradients;
import condgen.tensor.Scope;
import condgen.tensor.Segment;
import condgen.tensor.Tensors;
import java.util.function.Function;

/**
 * A way to get the gradient of a loss of the states of a solve.
 *
 * <ul>
 *   <li>{@link #discrete}: of the computed states, exactly; no evaluation more; memory grows with
 *       the steps.
 *   <li>{@link #adjoint}: of the true solution, up to the errors of the solve and of a second one
 *       backwards; memory does not depend on the steps.
 *   <li>{@link #checkpointed}: of the computed states, exactly; each step is taken once more;
 *       memory of k states and of the steps between two of them.
 * </ul>
 *
 * <p>A gradient is immutable and may be used for any number of solves.
 */
public abstract class Gradient {

  Gradient() {}

  /** Back-propagation through the steps of the solver. */
  public static Gradient discrete() {
    return new DiscreteGradient(false);
  }

  /** The adjoint equation, solved backwards together with the state. */
  public static AdjointGradient adjoint() {
    return AdjointGradient.standard();
  }

  /**
   * Back-propagation through one piece of the solve at a time, from the last; the steps are taken
   * once more from a kept state.
   *
   * @param k most states that are kept, the first included; memory is least for about the square
   *     root of the number of steps
   * @throws IllegalArgumentException when k is below 1
   */
  public static Gradient checkpointed(int k) {
    return new CheckpointedGradient(k, false);
  }

  /** Gradients of the times too, which cost one evaluation per time; not by default. */
  public abstract Gradient withTimes();

  abstract GradientRun run(
      ParametricDynamics f, NDList theta, NDList x0, double[] times, Solver solver);

  /**
   * The loss of a solve and its gradients.
   *
   * @param f slope of the state
   * @param theta parameters, any shapes, floating point
   * @param x0 state at {@code times[0]}: arrays of any shapes, one floating-point type, one device
   * @param times start, then the times of the states that the loss sees; strictly monotone
   * @param solver the method forwards
   * @param loss maps the states at the times after the first (all arrays of one time, then those of
   *     the next) to an array of one element
   * @return value and gradients in the enclosing scope; look at its status before its gradients
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  public final OdeGradient solve(
      ParametricDynamics f,
      NDList theta,
      NDList x0,
      double[] times,
      Solver solver,
      Function<NDList, NDArray> loss) {
    require(loss, "loss");
    try (Scope scope = Scope.open()) {
      GradientRun run = checkedRun(f, theta, x0, times, solver);
      OdeSolution forward = run.solution();
      forward.states().forEach(scope::keep);
      scope.keep(forward.last());
      if (!forward.isCompleted()) {
        NDArray none = Tensors.full(new Shape(), Double.NaN, x0.get(0).getDataType());
        return result(scope, none, GradientRun.Pulled.failed(0, 0, forward.status()), forward);
      }
      Gradients.ValueAndGrad last = Gradients.valueAndGrad(States.after(forward), loss);
      return result(scope, last.value(), run.pull(last.gradients()), forward);
    }
  }

  private static OdeGradient result(
      Scope scope, NDArray value, GradientRun.Pulled back, OdeSolution forward) {
    return new OdeGradient(
        scope.keep(value),
        scope.keep(back.theta()),
        scope.keep(back.x0()),
        back.times(),
        forward,
        back.evaluations(),
        back.drift(),
        back.status());
  }

  /**
   * The solve as one piece of a chain: inputs are the arrays of x0, outputs the states at the times
   * after the first (all arrays of one time, then those of the next).
   *
   * <p>A chain has no place for a status, so forwards and backwards an {@link ArithmeticException}
   * with advice says that a solve went wrong.
   *
   * @param f slope of the state
   * @param theta parameters, in the order of the segment's
   * @param times start, then the times of the outputs
   * @param solver the method forwards
   */
  public final Segment segment(ParametricDynamics f, NDList theta, double[] times, Solver solver) {
    return new Segment() {
      @Override
      public NDList parameters() {
        return theta;
      }

      @Override
      public Forward forward(NDList inputs) {
        GradientRun run = checkedRun(f, theta, inputs, times, solver);
        run.solution().orThrow();
        return new SolvedSegment(run);
      }
    };
  }

  /** A segment's forward run. */
  private record SolvedSegment(GradientRun run) implements Segment.Forward {
    @Override
    public NDList outputs() {
      return States.after(run.solution());
    }

    @Override
    public Segment.Pullback pull(NDList cotangents) {
      GradientRun.Pulled back = run.pull(cotangents);
      if (back.status() != Status.COMPLETED) {
        throw new ArithmeticException("no gradient: " + back.status().advice());
      }
      return new Segment.Pullback(back.theta(), back.x0());
    }
  }

  private GradientRun checkedRun(
      ParametricDynamics f, NDList theta, NDList x0, double[] times, Solver solver) {
    require(f, "f");
    require(theta, "theta");
    require(solver, "solver");
    InitialValueProblem checked = new InitialValueProblem(f.at(theta), x0, times);
    return run(f, theta, checked.x0(), checked.times(), solver);
  }

  static void require(Object argument, String name) {
    if (argument == null) {
      throw new IllegalArgumentException(name + " must be given, but is null");
    }
  }
}
