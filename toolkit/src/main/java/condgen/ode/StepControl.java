package condgen.ode;

import ai.djl.ndarray.NDList;

/** The rules by which an adaptive solver measures its error and chooses its steps. */
public interface StepControl {

  /** The rules of the library torchdiffeq, version 0.2.5. */
  static StepControl torchdiffeq() {
    return new ElementaryControl(0.9, 0.2, 10, FirstStep.EACH_BY_ITS_OWN);
  }

  /**
   * The rules of the older torchdiffeq that the code of FFJORD and of the thesis's chapter 4 comes
   * with. Only the first step differs from {@link #torchdiffeq}: all arrays are measured by the
   * tolerances of the first, and state and slope are compared array by array. Those programs also
   * give fewer tolerances than arrays; see {@link Tolerances#perArray}.
   */
  static StepControl ffjord() {
    return new ElementaryControl(0.9, 0.2, 10, FirstStep.ALL_BY_THE_FIRST);
  }

  /**
   * Error and first step as in {@link #torchdiffeq}, with steps that also look at the error of the
   * step before: smoother, with fewer rejections where stability and not accuracy limits the step.
   */
  static StepControl proportionalIntegral() {
    return new ProportionalIntegralControl(
        new ElementaryControl(0.9, 0.2, 10, FirstStep.EACH_BY_ITS_OWN));
  }

  /**
   * Size of the error over the tolerance; a step is accepted at 1 or below.
   *
   * @param error estimated error of the step, per array of the state
   * @param x0 state before the step
   * @param x1 state after the step
   */
  double errorRatio(NDList error, NDList x0, NDList x1, Tolerances tolerances);

  /**
   * Length of the next step over that of this one.
   *
   * @param ratio error ratio of this step; may be NaN or infinite when the step left the domain
   * @param lastRatio error ratio of the last accepted step, 1 before the first
   * @param order order of the method
   */
  double factor(double ratio, double lastRatio, int order);

  /**
   * Length of the first step.
   *
   * @param problem the problem, whose dynamics may be called
   * @param slope slope at the start
   * @param order order of the method
   * @return positive; not finite when the slope or the state is not
   */
  double firstStep(InitialValueProblem problem, NDList slope, int order, Tolerances tolerances);
}
