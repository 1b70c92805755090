package condgen.ode;

import ai.djl.ndarray.NDArray;

/**
 * Heun's method of order 3: three slopes with weights 1, 0, 3.
 *
 * <p>Three evaluations per step. Karl Heun, Neue Methoden zur approximativen Integration der
 * Differentialgleichungen einer unabhängigen Veränderlichen, Zeitschrift für Mathematik und Physik
 * 45, 1900.
 */
public final class Heun3 {

  /** c = (0, 1/3, 2/3), b = (1, 0, 3) / 4. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "Heun 3",
          3,
          new double[] {0, 1.0 / 3, 2.0 / 3},
          new double[][] {{}, {1.0 / 3}, {0, 2.0 / 3}},
          new double[] {0.25, 0, 0.75});

  private Heun3() {}

  /**
   * One step: x + h (k₁ + 3 k₃) / 4.
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
