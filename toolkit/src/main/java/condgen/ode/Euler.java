package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.thesis.Equation;

/**
 * Euler's method: follow the slope at the start of the step.
 *
 * <p>Order 1, one evaluation per step. Leonhard Euler, Institutiones calculi integralis, 1768.
 */
public final class Euler {

  /** c = (0), b = (1). */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau("Euler", 1, new double[] {0}, new double[][] {{}}, new double[] {1});

  private Euler() {}

  /**
   * One step: x + h f(x, t).
   *
   * @param f slope
   * @param t time
   * @param h step
   * @param x state at t, any shape
   * @return state at t + h, of the same shape
   */
  @Equation("2.1.9")
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
