package condgen.ode;

import ai.djl.ndarray.NDList;

/** Is told of every accepted step of a solver: to plot, to count, to report progress. */
@FunctionalInterface
public interface StepObserver {

  /** Looks at nothing. Without an observer, fixed steps are checked for NaN in blocks. */
  StepObserver NONE = (step, t, h, x, errorRatio) -> {};

  /**
   * One step was accepted.
   *
   * @param step number of the step, from 1
   * @param t time after the step
   * @param h the step, negative when time runs backwards
   * @param x state at t; it belongs to the solver, so read its numbers out during the call
   * @param errorRatio estimated error over tolerance, at most 1; NaN for fixed steps, which make no
   *     estimate
   */
  void accepted(long step, double t, double h, NDList x, double errorRatio);
}
