package condgen.flow;

import condgen.flow.Divergence.Mode;
import condgen.flow.Divergence.Probe;
import condgen.ode.Adaptive;
import condgen.ode.BogackiShampine;
import condgen.ode.Gradient;
import condgen.ode.Solver;
import condgen.ode.StepControl;
import condgen.ode.ThreeEighthsRule;
import condgen.ode.Tolerances;

/**
 * How the flows of a model are solved: everything that changes the numbers' cost and accuracy but
 * not what the model is.
 *
 * @param divergence trace of the Jacobian
 * @param solver of every block, over its own unit of time
 * @param regularizer integrated in training; {@link Regularizer#NONE} for none
 * @param gradient through the steps, or by the adjoint equation
 */
public record FlowNumerics(
    Divergence divergence, Solver solver, Regularizer regularizer, Gradient gradient) {

  /** Checks that nothing is missing. */
  public FlowNumerics {
    if (divergence == null || solver == null || regularizer == null || gradient == null) {
      throw new IllegalArgumentException(
          "divergence, solver, regularizer and gradient must be given, but one is null");
    }
  }

  /**
   * The released code's training: Bogacki and Shampine's method with tolerances on position and
   * density alone and a first step of 1/6, one Gaussian direction taken backwards, the
   * regularisers' means, the adjoint equation.
   *
   * @param tolerance relative and absolute; 1e-3 in training, 1e-5 in tests
   */
  public static FlowNumerics released(double tolerance) {
    double[] both = {tolerance, tolerance};
    Solver solver =
        Adaptive.of(BogackiShampine.TABLEAU, Tolerances.perArray(both, both))
            .control(StepControl.ffjord())
            .firstStep(0.166667);
    return new FlowNumerics(
        Divergence.hutchinson(Probe.GAUSSIAN, Mode.REVERSE),
        solver,
        Regularizer.RELEASED_MEAN,
        Gradient.adjoint());
  }

  /**
   * Bogacki and Shampine's method with tolerances on position and density, one direction of ±1
   * taken forwards, back-propagation through the steps: the gradient is exact for what was
   * computed, and steps grow in number before the field can make use of their errors. A fixed
   * number of steps is a trap: a flow learns to be wrong in its steps' favour, and its density is
   * then no density.
   *
   * @param tolerance relative and absolute
   */
  public static FlowNumerics adaptive(double tolerance) {
    double[] both = {tolerance, tolerance};
    return fixed(1)
        .with(
            Adaptive.of(BogackiShampine.TABLEAU, Tolerances.perArray(both, both))
                .control(StepControl.torchdiffeq()));
  }

  /**
   * A fixed number of steps of the 3/8 rule, one direction of ±1 taken forwards, back-propagation
   * through the steps: fast, for flows that are known to be easy; see {@link #adaptive}.
   *
   * @param steps per block
   */
  public static FlowNumerics fixed(int steps) {
    return new FlowNumerics(
        Divergence.hutchinson(Probe.RADEMACHER, Mode.FORWARD),
        ThreeEighthsRule.steps(steps),
        Regularizer.RELEASED_MEAN,
        Gradient.discrete());
  }

  /** With another trace. */
  public FlowNumerics with(Divergence other) {
    return new FlowNumerics(other, solver, regularizer, gradient);
  }

  /** With another solver. */
  public FlowNumerics with(Solver other) {
    return new FlowNumerics(divergence, other, regularizer, gradient);
  }

  /** With another regulariser. */
  public FlowNumerics with(Regularizer other) {
    return new FlowNumerics(divergence, solver, other, gradient);
  }

  /** With another way to the gradient. */
  public FlowNumerics with(Gradient other) {
    return new FlowNumerics(divergence, solver, regularizer, other);
  }
}
