package condgen.ode;

/**
 * The Bogacki-Shampine method with error control, known as {@code bosh3} or {@code ode23}.
 *
 * <p>Order 3 with an estimate of order 2, four stages of which the last is the first of the next
 * step: three evaluations per step. Cheaper than {@link DormandPrince} for loose tolerances.
 *
 * <p>States at requested times lie on a quartic through the middle x + h k₂ / 2, as in torchdiffeq.
 * That middle is wrong by order h², so such a state is much less accurate than those at the ends of
 * long steps. Dense output and events use the cubic through states and slopes instead.
 *
 * <p>P. Bogacki and L. F. Shampine, A 3(2) pair of Runge-Kutta formulas, Applied Mathematics
 * Letters 2, 1989.
 */
public final class BogackiShampine {

  /** The four stages, the error weights and the weights of the midpoint. */
  public static final ButcherTableau TABLEAU =
      new ButcherTableau(
          "Bogacki-Shampine",
          3,
          new double[] {0, 0.5, 0.75, 1},
          new double[][] {{}, {0.5}, {0, 0.75}, {2.0 / 9, 1.0 / 3, 4.0 / 9}},
          new double[] {2.0 / 9, 1.0 / 3, 4.0 / 9, 0},
          new double[] {2.0 / 9 - 7.0 / 24, 1.0 / 3 - 1.0 / 4, 4.0 / 9 - 1.0 / 3, -1.0 / 8},
          new double[] {0, 0.5, 0, 0});

  private BogackiShampine() {}

  /**
   * Steps chosen so that the error of each stays within atol + rtol |x|.
   *
   * @param rtol relative tolerance, positive
   * @param atol absolute tolerance in the state's unit, positive
   */
  public static Adaptive tolerances(double rtol, double atol) {
    return tolerances(new Tolerances(rtol, atol));
  }

  /** The same with tolerances that may differ from array to array of the state. */
  public static Adaptive tolerances(Tolerances tolerances) {
    return Adaptive.of(TABLEAU, tolerances);
  }
}
