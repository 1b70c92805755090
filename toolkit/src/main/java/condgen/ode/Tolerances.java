package condgen.ode;

/**
 * How large the error of a step may be: atol + rtol · |x|, per number of the state.
 *
 * @param rtol relative to the state, positive
 * @param atol in the state's unit, positive
 */
public record Tolerances(double rtol, double atol) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is not positive
   */
  public Tolerances {
    check("rtol", rtol);
    check("atol", atol);
  }

  private static void check(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
  }
}
