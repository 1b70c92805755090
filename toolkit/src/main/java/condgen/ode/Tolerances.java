package condgen.ode;

import java.util.Arrays;

/**
 * How large the error of a step may be: atol + rtol · |x|, per number of the state; the same for
 * all arrays of the state, or one pair for each.
 */
public final class Tolerances {

  private final double[] rtol;
  private final double[] atol;
  private final boolean perArray;

  private Tolerances(double[] rtol, double[] atol, boolean perArray) {
    this.rtol = rtol;
    this.atol = atol;
    this.perArray = perArray;
  }

  /**
   * The same for all arrays of the state.
   *
   * @param rtol relative to the state, positive
   * @param atol in the state's unit, positive
   * @throws IllegalArgumentException naming the one that is not positive and finite
   */
  public Tolerances(double rtol, double atol) {
    this(new double[] {positive("rtol", rtol)}, new double[] {positive("atol", atol)}, false);
  }

  /**
   * One pair for each array of the state, in order. Arrays beyond the end of the lists have no
   * error control: they follow the steps that the others choose.
   *
   * @param rtol relative tolerances, positive
   * @param atol absolute tolerances, as many, positive
   * @throws IllegalArgumentException when the lists are empty or of two lengths, or a number is not
   *     positive and finite
   */
  public static Tolerances perArray(double[] rtol, double[] atol) {
    if (rtol == null || atol == null || rtol.length == 0 || rtol.length != atol.length) {
      throw new IllegalArgumentException(
          "rtol and atol must be lists of one length, at least 1, but hold "
              + (rtol == null ? "null" : rtol.length)
              + " and "
              + (atol == null ? "null" : atol.length));
    }
    for (int i = 0; i < rtol.length; i++) {
      positive("rtol[" + i + "]", rtol[i]);
      positive("atol[" + i + "]", atol[i]);
    }
    return new Tolerances(rtol.clone(), atol.clone(), true);
  }

  /**
   * The relative tolerance of an array of the state; 0 beyond the end of a list.
   *
   * @param array place of the array in the state, from 0
   */
  public double rtol(int array) {
    return !perArray ? rtol[0] : array < rtol.length ? rtol[array] : 0;
  }

  /**
   * The absolute tolerance of an array of the state; infinite beyond the end of a list.
   *
   * @param array place of the array in the state, from 0
   */
  public double atol(int array) {
    return !perArray ? atol[0] : array < atol.length ? atol[array] : Double.POSITIVE_INFINITY;
  }

  /** The same for the first arrays of a state; the others have no error control. */
  Tolerances ofFirst(int arrays) {
    if (perArray && rtol.length <= arrays) {
      return this;
    }
    double[] relative = new double[arrays];
    double[] absolute = new double[arrays];
    for (int i = 0; i < arrays; i++) {
      relative[i] = rtol(i);
      absolute[i] = atol(i);
    }
    return perArray(relative, absolute);
  }

  /** Refuses a state of fewer arrays than the lists are long. */
  void requireFit(int arrays) {
    if (rtol.length > arrays) {
      throw new IllegalArgumentException(
          "tolerances must be given for at most "
              + arrays
              + " arrays, those of x0, but are given for "
              + rtol.length);
    }
  }

  private static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
    return value;
  }

  @Override
  public String toString() {
    return perArray
        ? "rtol " + Arrays.toString(rtol) + ", atol " + Arrays.toString(atol)
        : "rtol " + rtol[0] + ", atol " + atol[0];
  }
}
