package condgen.notebook;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Tensors;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Claims of a notebook that are measured: each prints one line with the measured error and the
 * tolerance, ✓ if it holds and ✗ if not, and a claim that does not hold throws a {@link
 * CheckFailure}. NaN never holds.
 */
public final class Check {
  private static final AtomicInteger PASSED = new AtomicInteger();

  private Check() {}

  /**
   * Claims that an error is within a tolerance, in absolute value.
   *
   * @throws CheckFailure if it is not
   * @throws IllegalArgumentException if the tolerance is negative or NaN
   */
  public static void that(String claim, double error, double tolerance) {
    requireTolerance(tolerance);
    report(
        claim,
        Math.abs(error) <= tolerance,
        "error " + text(Math.abs(error)) + ", tolerance " + text(tolerance));
  }

  /** Claims a fact that has no error, such as that an image comes back unchanged. */
  public static void that(String claim, boolean holds) {
    report(claim, holds, holds ? "holds" : "does not hold");
  }

  /** Claims that a number is the expected one within a tolerance. */
  public static void equal(String claim, double expected, double measured, double tolerance) {
    requireTolerance(tolerance);
    double error = Math.abs(measured - expected);
    report(
        claim,
        error <= tolerance || expected == measured,
        "measured %s, expected %s, error %s, tolerance %s"
            .formatted(value(measured), value(expected), text(error), text(tolerance)));
  }

  /**
   * Claims that two arrays agree within a tolerance, by their largest absolute difference.
   *
   * @param expected any shape
   * @param measured the same shape
   */
  public static void equal(String claim, NDArray expected, NDArray measured, double tolerance) {
    requireTolerance(tolerance);
    if (!expected.getShape().equals(measured.getShape())) {
      String shapes = "shape " + measured.getShape() + ", expected shape " + expected.getShape();
      report(claim, false, shapes);
    }
    double error = distance(Tensors.toDoubles(expected), Tensors.toDoubles(measured));
    report(
        claim,
        error <= tolerance,
        "largest error %s of %d numbers, tolerance %s"
            .formatted(text(error), expected.size(), text(tolerance)));
  }

  /**
   * Claims that two numbers are at least so far apart: shows that a printed value is not the right
   * one.
   */
  public static void differs(String claim, double printed, double right, double atLeast) {
    requireTolerance(atLeast);
    double distance = Math.abs(printed - right);
    report(
        claim,
        distance >= atLeast,
        "%s against %s, apart by %s, at least %s"
            .formatted(value(printed), value(right), text(distance), text(atLeast)));
  }

  /**
   * Claims that log y over log x has a slope: the order of convergence when x are step sizes and y
   * are errors. The line is fitted by least squares.
   *
   * @param x positive numbers, at least two different ones
   * @param y positive numbers, as many
   */
  public static void slope(
      String claim, double expected, double[] x, double[] y, double tolerance) {
    requireTolerance(tolerance);
    double slope = slope(x, y);
    double error = Math.abs(slope - expected);
    report(
        claim,
        error <= tolerance,
        "slope %s, expected %s, error %s, tolerance %s"
            .formatted(text(slope), text(expected), text(error), text(tolerance)));
  }

  static double slope(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "a slope needs two or more points, but there are "
              + x.length
              + " x and "
              + y.length
              + " y");
    }
    double[] u = Arrays.stream(x).map(Math::log).toArray();
    double[] v = Arrays.stream(y).map(Math::log).toArray();
    double meanU = Arrays.stream(u).average().orElseThrow();
    double meanV = Arrays.stream(v).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < u.length; i++) {
      covariance += (u[i] - meanU) * (v[i] - meanV);
      variance += (u[i] - meanU) * (u[i] - meanU);
    }
    return covariance / variance;
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] == b[i] ? 0 : Math.abs(a[i] - b[i]);
      largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
    }
    return largest;
  }

  private static void requireTolerance(double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("a tolerance is 0 or more, but this one is " + tolerance);
    }
  }

  private static void report(String claim, boolean holds, String evidence) {
    String line = (holds ? "✓ " : "✗ ") + claim + ": " + evidence;
    System.out.println(line);
    if (!holds) {
      throw new CheckFailure(claim + ": " + evidence);
    }
    PASSED.incrementAndGet();
  }

  static void startCounting() {
    PASSED.set(0);
  }

  static int passed() {
    return PASSED.get();
  }

  /** An error, a tolerance or a slope: four significant digits. */
  static String text(double number) {
    return rounded(number, 4);
  }

  /** A value that is compared: seven significant digits, as many as float32 holds. */
  private static String value(double number) {
    return rounded(number, 7);
  }

  private static String rounded(double number, int digits) {
    if (!Double.isFinite(number) || number == 0) {
      return number == 0 ? "0" : Double.toString(number);
    }
    double size = Math.abs(number);
    if (size >= 1e-3 && size < 1e6) {
      MathContext precision = new MathContext(digits);
      return new BigDecimal(number).round(precision).stripTrailingZeros().toPlainString();
    }
    String exponent = String.format(Locale.ROOT, "%." + (digits - 1) + "e", number);
    return exponent.replaceFirst("\\.?0*e([+-])0?", "e$1").replace("e+", "e");
  }
}
