package condgen.ode;

import ai.djl.ndarray.NDArray;

/**
 * Heun's method of order 2: the mean of the slopes at the start and at Euler's end of the step.
 *
 * <p>Two evaluations per step. Karl Heun, Neue Methoden zur approximativen Integration der
 * Differentialgleichungen einer unabhängigen Veränderlichen, Zeitschrift für Mathematik und Physik
 * 45, 1900.
 */
public final class Heun2 {

  /** c = (0, 1), b = (1, 1) / 2. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "Heun 2", 2, new double[] {0, 1}, new double[][] {{}, {1}}, new double[] {0.5, 0.5});

  private Heun2() {}

  /**
   * One step: x + h (k₁ + k₂) / 2.
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
