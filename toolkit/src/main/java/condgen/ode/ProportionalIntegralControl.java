package condgen.ode;

import ai.djl.ndarray.NDList;

/**
 * A step that also looks at the error of the step before: safety · ratio^(-0.7/order) ·
 * last^(0.4/order). It lets the step follow smoothly where the elementary rule swings, and rejects
 * fewer steps there; after a rejection the elementary rule is used.
 *
 * <p>K. Gustafsson, Control theoretic techniques for stepsize selection in explicit Runge-Kutta
 * methods, ACM Transactions on Mathematical Software 17, 1991.
 *
 * @param rejected rule after a rejected step, of the error and of the first step
 */
record ProportionalIntegralControl(ElementaryControl rejected) implements StepControl {

  private static final double SMALLEST_RATIO = 1e-4;

  @Override
  public double errorRatio(NDList error, NDList x0, NDList x1, Tolerances tolerances) {
    return rejected.errorRatio(error, x0, x1, tolerances);
  }

  @Override
  public double factor(double ratio, double lastRatio, int order) {
    if (!(ratio <= 1)) {
      return rejected.factor(ratio, lastRatio, order);
    }
    double wanted =
        rejected.safety()
            * Math.pow(Math.max(ratio, SMALLEST_RATIO), -0.7 / order)
            * Math.pow(Math.max(lastRatio, SMALLEST_RATIO), 0.4 / order);
    return Math.min(rejected.most(), Math.max(wanted, rejected.least()));
  }

  @Override
  public double firstStep(
      InitialValueProblem problem, NDList slope, int order, Tolerances tolerances) {
    return rejected.firstStep(problem, slope, order, tolerances);
  }
}
