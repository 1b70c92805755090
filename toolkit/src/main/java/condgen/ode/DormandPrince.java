package condgen.ode;

/**
 * The Dormand-Prince method with error control, known as {@code dopri5} or {@code ode45}.
 *
 * <p>Order 5 with an estimate of order 4, seven stages of which the last is the first of the next
 * step: six evaluations per step. The error weights are the variant of Shampine that torchdiffeq
 * uses, and so is the state in the middle of the step, through which a quartic is laid for
 * requested times.
 *
 * <p>J. R. Dormand and P. J. Prince, A family of embedded Runge-Kutta formulae, Journal of
 * Computational and Applied Mathematics 6, 1980. L. F. Shampine, Some practical Runge-Kutta
 * formulas, Mathematics of Computation 46, 1986.
 */
public final class DormandPrince {

  private static final double[] B = {
    35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0
  };

  /** The seven stages, the error weights and the weights of the midpoint. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "Dormand-Prince",
          5,
          new double[] {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1},
          new double[][] {
            {},
            {1.0 / 5},
            {3.0 / 40, 9.0 / 40},
            {44.0 / 45, -56.0 / 15, 32.0 / 9},
            {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
            {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
            {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
          },
          B,
          new double[] {
            B[0] - 1951.0 / 21600,
            0,
            B[2] - 22642.0 / 50085,
            B[3] - 451.0 / 720,
            B[4] + 12231.0 / 42400,
            B[5] - 649.0 / 6300,
            -1.0 / 60
          },
          new double[] {
            0.5 * 6025192743.0 / 30085553152.0,
            0,
            0.5 * 51252292925.0 / 65400821598.0,
            0.5 * -2691868925.0 / 45128329728.0,
            0.5 * 187940372067.0 / 1594534317056.0,
            0.5 * -1776094331.0 / 19743644256.0,
            0.5 * 11237099.0 / 235043384.0
          });

  private DormandPrince() {}

  /**
   * Steps chosen so that the error of each stays within atol + rtol |x|.
   *
   * @param rtol relative tolerance, positive
   * @param atol absolute tolerance in the state's unit, positive
   */
  public static Adaptive tolerances(double rtol, double atol) {
    return Adaptive.of(TABLEAU, new Tolerances(rtol, atol));
  }

  /** The same with tolerances that may differ from array to array of the state. */
  public static Adaptive tolerances(Tolerances tolerances) {
    return Adaptive.of(TABLEAU, tolerances);
  }
}
