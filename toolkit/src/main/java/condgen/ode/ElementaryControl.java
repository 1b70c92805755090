package condgen.ode;

import ai.djl.ndarray.NDList;

/**
 * Error as the root mean square over an array, and the largest over the arrays of a state; steps
 * grow and shrink by the elementary rule safety · ratio^(-1/order) within limits.
 *
 * @param safety below 1: how far to stay under the step that the estimate allows
 * @param least after a rejection the next step is at least this fraction of the last
 * @param most the next step is at most this many times longer
 * @param first rule of the first step
 */
record ElementaryControl(double safety, double least, double most, FirstStep first)
    implements StepControl {

  @Override
  public double errorRatio(NDList error, NDList x0, NDList x1, Tolerances tolerances) {
    return RootMeanSquare.errorRatio(error, x0, x1, tolerances);
  }

  @Override
  public double factor(double ratio, double lastRatio, int order) {
    if (ratio == 0) {
      return most;
    }
    double lower = ratio < 1 ? 1 : least;
    double wanted = safety / Math.pow(ratio, 1.0 / order);
    return Double.isNaN(wanted) ? least : Math.min(most, Math.max(wanted, lower));
  }

  @Override
  public double firstStep(
      InitialValueProblem problem, NDList slope, int order, Tolerances tolerances) {
    return first.choose(problem, slope, order, tolerances);
  }
}
