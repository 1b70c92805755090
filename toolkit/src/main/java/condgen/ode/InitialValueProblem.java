package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.thesis.Equation;
import java.util.Objects;

/**
 * An initial value problem: dx/dt = f(x(t), t) with x(t₀) given; sought is x at the later times.
 *
 * @param dynamics f
 * @param x0 the state at {@code times[0]}: one or more arrays of any shapes, of one floating-point
 *     type, on one device
 * @param times t₀ and the times at which the state is wanted; strictly increasing, or strictly
 *     decreasing to integrate backwards
 */
@Equation("2.1.1")
public record InitialValueProblem(Dynamics dynamics, NDList x0, double[] times) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException naming the argument, what was expected and what came
   */
  public InitialValueProblem {
    if (dynamics == null) {
      throw new IllegalArgumentException("dynamics must be a function, but is null");
    }
    checkState(x0);
    checkTimes(times);
    times = times.clone();
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  /** +1 when time runs forwards, -1 when backwards. */
  public int direction() {
    return times[1] > times[0] ? 1 : -1;
  }

  /** t₀, the time of x0. */
  public double start() {
    return times[0];
  }

  /** The last time at which the state is wanted. */
  public double end() {
    return times[times.length - 1];
  }

  /** The same problem with another function on the right-hand side. */
  InitialValueProblem with(Dynamics other) {
    return new InitialValueProblem(other, x0, times);
  }

  private static void checkState(NDList x0) {
    if (x0 == null || x0.isEmpty()) {
      throw new IllegalArgumentException(
          "x0 must hold at least one array, but is " + (x0 == null ? "null" : "empty"));
    }
    for (int i = 0; i < x0.size(); i++) {
      NDArray array = x0.get(i);
      String name = x0.size() == 1 ? "x0" : "x0[" + i + "]";
      if (array == null || array.isReleased()) {
        throw new IllegalArgumentException(
            name + " must be an open array, but is " + (array == null ? "null" : "closed"));
      }
      if (!array.getDataType().isFloating()) {
        throw new IllegalArgumentException(
            name + " must be floating point, but is " + array.getDataType());
      }
      NDArray first = x0.get(0);
      if (array.getDataType() != first.getDataType()) {
        throw new IllegalArgumentException(
            "x0 must have one type, but x0[0] is "
                + first.getDataType()
                + " and "
                + name
                + " is "
                + array.getDataType());
      }
      if (!Objects.equals(array.getDevice(), first.getDevice())) {
        throw new IllegalArgumentException(
            "x0 must lie on one device, but x0[0] and " + name + " lie on two");
      }
    }
  }

  private static void checkTimes(double[] times) {
    if (times == null || times.length < 2) {
      throw new IllegalArgumentException(
          "times must hold a start and at least one later time, but "
              + (times == null ? "is null" : "holds " + times.length + " numbers"));
    }
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i])) {
        throw new IllegalArgumentException(
            "times must be finite, but times[" + i + "] is " + times[i]);
      }
    }
    boolean forwards = times[1] > times[0];
    for (int i = 1; i < times.length; i++) {
      if (times[i] == times[i - 1] || times[i] > times[i - 1] != forwards) {
        throw new IllegalArgumentException(
            "times must be strictly increasing or strictly decreasing, but times["
                + (i - 1)
                + "] is "
                + times[i - 1]
                + " and times["
                + i
                + "] is "
                + times[i]);
      }
    }
  }
}
