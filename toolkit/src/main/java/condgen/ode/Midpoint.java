package condgen.ode;

import ai.djl.ndarray.NDArray;

/**
 * The midpoint method: follow the slope in the middle of the step, found by half an Euler step.
 *
 * <p>Order 2, two evaluations per step. Carl Runge, Über die numerische Auflösung von
 * Differentialgleichungen, Mathematische Annalen 46, 1895.
 */
public final class Midpoint {

  /** c = (0, 1/2), b = (0, 1). */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "midpoint", 2, new double[] {0, 0.5}, new double[][] {{}, {0.5}}, new double[] {0, 1});

  private Midpoint() {}

  /**
   * One step: x + h f(x + h/2 f(x, t), t + h/2).
   *
   * @param f slope
   * @param t time
   * @param h step
   * @param x state at t, any shape
   * @return state at t + h, of the same shape
   */
  public static NDArray step(VectorField f, double t, double h, NDArray x) {
    return TABLEAU.step(f, t, h, x);
  }

  /** n equal steps from the first to the last requested time; see {@link FixedStep#steps}. */
  public static FixedStep steps(int n) {
    return FixedStep.steps(TABLEAU, n);
  }

  /** Steps of length h; see {@link FixedStep#stepSize}. */
  public static FixedStep stepSize(double h) {
    return FixedStep.stepSize(TABLEAU, h);
  }

  /** One step from each requested time to the next. */
  public static FixedStep onOutputTimes() {
    return FixedStep.onOutputTimes(TABLEAU);
  }
}
