package condgen.ode;

/** How a solve ended. Anything but {@link #COMPLETED} comes with the last state before it. */
public enum Status {
  /** All requested times were reached. */
  COMPLETED("all requested times were reached"),

  /** A stopping {@link Event} was met. */
  EVENT("a stopping event was met"),

  /** The slope or the state became NaN or infinite. */
  NOT_FINITE(
      "the slope or the state became NaN or infinite: the solution may blow up there, the dynamics"
          + " may leave its domain (log, sqrt, division), or the steps are too large"),

  /** The error estimate asks for a step below the smallest one. */
  STEP_TOO_SMALL(
      "the error control asks for a step below the smallest one: the problem may be stiff or"
          + " singular there; loosen the tolerances, use float64, or make the dynamics smoother"
          + " (a smoother network, smaller weights)"),

  /** The limit on the number of steps was reached. */
  STEP_LIMIT(
      "the step limit was reached: raise it with stepLimit(n), loosen the tolerances, or shorten"
          + " the interval; very many small steps are a sign of a stiff problem"),

  /** Only of gradients: the state, integrated backwards, left the one of the forward solve. */
  DIVERGED(
      "the state that was integrated backwards is not the one of the forward solve, so the gradient"
          + " would be wrong: the dynamics contracts strongly (a stiff problem) or the steps are too"
          + " large; use Gradient.checkpointed(k) or Gradient.discrete(), ask for states at more"
          + " times, or take smaller steps or tolerances backwards");

  private final String advice;

  Status(String advice) {
    this.advice = advice;
  }

  /** What happened and what may help. */
  public String advice() {
    return advice;
  }

  /** True when the solve ended where it was not meant to. */
  public boolean isFailure() {
    return this != COMPLETED && this != EVENT;
  }
}
