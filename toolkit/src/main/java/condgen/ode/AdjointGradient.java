package condgen.ode;

import ai.djl.ndarray.NDList;

/**
 * The adjoint method: from the last time to the first, one solve of the state x, the adjoint a =
 * ∂L/∂x(t) and the gradients of the parameters. At each output time x is set to the stored forward
 * state and the gradient of the loss for it is added to a.
 *
 * <p>Between output times x is integrated backwards, which is unstable where the dynamics contracts
 * strongly. So the state that comes out at the next stored one is compared with it, and the
 * gradient is refused ({@link Status#DIVERGED}) when they differ by more than {@link
 * #greatestDrift}.
 *
 * <p>R. T. Q. Chen, Y. Rubanova, J. Bettencourt and D. Duvenaud, Neural Ordinary Differential
 * Equations, 2018.
 */
public final class AdjointGradient extends Gradient {

  /** The options; a null solver stands for the forward one. */
  record Options(Solver solver, boolean seminorm, boolean times, double greatestDrift) {}

  private final Options options;

  private AdjointGradient(Options options) {
    this.options = options;
  }

  static AdjointGradient standard() {
    return new AdjointGradient(new Options(null, false, false, 0.1));
  }

  /**
   * Another method backwards. The state backwards is x, a, the start time's gradient (0-d, only
   * {@link #withTimes} and {@link TimedDynamics}), the parameters' gradients; tolerances per array
   * follow that order.
   */
  public AdjointGradient solver(Solver backward) {
    require(backward, "backward");
    return new AdjointGradient(
        new Options(backward, options.seminorm, options.times, options.greatestDrift));
  }

  /**
   * Lets the step control backwards look only at x, a and the start time's gradient: the
   * parameters' gradients are integrals that nothing depends on, so their error does not grow.
   */
  public AdjointGradient seminorm() {
    return new AdjointGradient(
        new Options(options.solver, true, options.times, options.greatestDrift));
  }

  @Override
  public AdjointGradient withTimes() {
    return new AdjointGradient(
        new Options(options.solver, options.seminorm, true, options.greatestDrift));
  }

  /**
   * How far x may have drifted from the stored state, relative to the larger root mean square of
   * the stored states on both sides; 0.1 by default.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public AdjointGradient greatestDrift(double drift) {
    if (!(drift > 0)) {
      throw new IllegalArgumentException("drift must be positive, but is " + drift);
    }
    return new AdjointGradient(new Options(options.solver, options.seminorm, options.times, drift));
  }

  @Override
  GradientRun run(ParametricDynamics f, NDList theta, NDList x0, double[] times, Solver solver) {
    OdeSolution forward = Ode.solve(f.at(theta), x0, times, solver);
    Solver backward = options.solver == null ? solver : options.solver;
    return new AdjointRun(f, theta, forward, backward, options);
  }
}
