package condgen.ode;

import ai.djl.ndarray.NDArray;

/**
 * The 3/8 rule: four slopes with weights 1, 3, 3, 1. It is what torchdiffeq calls {@code rk4}.
 *
 * <p>Order 4, four evaluations per step, a smaller error constant than {@link ClassicRungeKutta}.
 * Wilhelm Kutta, Beitrag zur näherungsweisen Integration totaler Differentialgleichungen,
 * Zeitschrift für Mathematik und Physik 46, 1901.
 */
public final class ThreeEighthsRule {

  /** c = (0, 1/3, 2/3, 1), b = (1, 3, 3, 1) / 8. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "3/8 rule",
          4,
          new double[] {0, 1.0 / 3, 2.0 / 3, 1},
          new double[][] {{}, {1.0 / 3}, {-1.0 / 3, 1}, {1, -1, 1}},
          new double[] {0.125, 0.375, 0.375, 0.125});

  private ThreeEighthsRule() {}

  /**
   * One step: x + h (k₁ + 3 k₂ + 3 k₃ + k₄) / 8.
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
