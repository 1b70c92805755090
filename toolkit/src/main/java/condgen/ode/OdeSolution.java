package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Locale;

/**
 * The states of a solve, and the evidence of how it went.
 *
 * <p>The arrays belong to the scope that was open around the solve; without one they live until
 * {@link #close()}.
 *
 * @param times the requested times; the first is the start
 * @param states the state at each requested time that was reached, in order; the first is x0
 * @param reached the time of {@code last}: the last requested time when completed
 * @param last the last good state
 * @param crossings the events that were met, in order
 * @param evaluations number of calls of the dynamics
 * @param accepted number of accepted steps
 * @param rejected number of steps that were tried and discarded
 * @param smallestStep length of the shortest accepted step; 0 when there was none
 * @param largestStep length of the longest accepted step; 0 when there was none
 * @param status how the solve ended
 * @param dense the state at all times; null unless the solver was asked for it
 */
public record OdeSolution(
    double[] times,
    List<NDList> states,
    double reached,
    NDList last,
    List<Event.Crossing> crossings,
    long evaluations,
    long accepted,
    long rejected,
    double smallestStep,
    double largestStep,
    Status status,
    DenseOutput dense)
    implements AutoCloseable {

  /** True when all requested times were reached. */
  public boolean isCompleted() {
    return status == Status.COMPLETED;
  }

  /**
   * This solution when it is complete, or was stopped by an event.
   *
   * @throws ArithmeticException with the status's advice otherwise
   */
  public OdeSolution orThrow() {
    if (status.isFailure()) {
      throw new ArithmeticException(toString());
    }
    return this;
  }

  /**
   * The state at {@code times[i]}.
   *
   * @throws IndexOutOfBoundsException when there is no such time
   * @throws ArithmeticException when the solve ended before it; {@link #last} has the last state
   */
  public NDList state(int i) {
    if (i < 0 || i >= times.length) {
      throw new IndexOutOfBoundsException(
          "i must be from 0 to " + (times.length - 1) + ", but is " + i);
    }
    if (i >= states.size()) {
      throw new ArithmeticException("t = " + times[i] + " was not reached; " + this);
    }
    return states.get(i);
  }

  /**
   * The state at any time from the start to {@link #reached}, when the solver was told to be {@code
   * dense()}; otherwise at the requested times. A new list; the arrays at requested times are those
   * of {@link #states}.
   *
   * @throws IllegalArgumentException when t lies outside
   * @throws IllegalStateException when the state at t was not kept
   */
  public NDList at(double t) {
    if (dense != null) {
      return dense.at(t);
    }
    for (int i = 0; i < states.size(); i++) {
      if (times[i] == t) {
        return new NDList(states.get(i));
      }
    }
    throw new IllegalStateException(
        "the state at t = "
            + t
            + " was not kept: name t among the times, or ask the solver for dense()");
  }

  /** The first (or only) array of the state at {@code times[i]}; throws as {@link #state}. */
  public NDArray x(int i) {
    return state(i).get(0);
  }

  /** The first (or only) array of the last good state. */
  public NDArray x() {
    return last.get(0);
  }

  /** The first (or only) array at all reached times: shape (times, shape of x0...). */
  public NDArray trajectory() {
    NDList arrays = new NDList(states.size());
    states.forEach(state -> arrays.add(state.get(0)));
    return NDArrays.stack(arrays);
  }

  /** The same solve with other arrays for its states. */
  OdeSolution withStates(List<NDList> others, NDList otherLast) {
    return new OdeSolution(
        times,
        others,
        reached,
        otherLast,
        crossings,
        evaluations,
        accepted,
        rejected,
        smallestStep,
        largestStep,
        status,
        dense);
  }

  /** Frees the states; harmless when repeated. */
  @Override
  public void close() {
    states.forEach(state -> state.forEach(NDArray::close));
    last.forEach(NDArray::close);
    crossings.forEach(crossing -> crossing.x().forEach(NDArray::close));
    if (dense != null) {
      dense.close();
    }
  }

  /** One line: status, time reached, evaluations, steps; with advice when not completed. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at t = %.6g: %d evaluations, %d steps accepted, %d rejected, smallest step %.3g, largest"
            + " %.3g%s",
        status.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        reached,
        evaluations,
        accepted,
        rejected,
        smallestStep,
        largestStep,
        isCompleted() ? "" : "; " + status.advice());
  }
}
