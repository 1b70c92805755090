package condgen.ode;

import ai.djl.ndarray.NDArray;
import condgen.thesis.Equation;

/**
 * The classic Runge-Kutta method: four slopes with weights 1, 2, 2, 1.
 *
 * <p>Order 4, four evaluations per step. Not what torchdiffeq calls {@code rk4}; that is {@link
 * ThreeEighthsRule}. Wilhelm Kutta, Beitrag zur näherungsweisen Integration totaler
 * Differentialgleichungen, Zeitschrift für Mathematik und Physik 46, 1901.
 */
public final class ClassicRungeKutta {

  /** c = (0, 1/2, 1/2, 1), b = (1, 2, 2, 1) / 6. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "classic Runge-Kutta",
          4,
          new double[] {0, 0.5, 0.5, 1},
          new double[][] {{}, {0.5}, {0, 0.5}, {0, 0, 1}},
          new double[] {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6});

  private ClassicRungeKutta() {}

  /**
   * One step: x + h (k₁ + 2 k₂ + 2 k₃ + k₄) / 6.
   *
   * @param f slope
   * @param t time
   * @param h step
   * @param x state at t, any shape
   * @return state at t + h, of the same shape
   */
  @Equation("2.1.15")
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
