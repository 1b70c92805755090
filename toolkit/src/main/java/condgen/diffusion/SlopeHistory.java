package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The predicted noises of the last steps, newest first, and how F-PNDM, Liu et al. (2022), weighs
 * them: Runge-Kutta for the first three steps, Adams-Bashforth of order 4 from then on.
 */
final class SlopeHistory {

  /** A network at one time, a number of any convention. */
  @FunctionalInterface
  interface Prediction {
    NDArray at(NDArray x, double t);
  }

  /** From x at one time to another along a noise. */
  @FunctionalInterface
  interface Transfer {
    NDArray along(NDArray x, NDArray epsilon, double to);
  }

  private static final double[] ADAMS_BASHFORTH = {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0};

  private final Deque<NDArray> slopes = new ArrayDeque<>();

  /**
   * The noise to go along from x, which is at time {@code t}, to the time {@code next}; one
   * prediction, or four while there are fewer than three before it.
   *
   * @param scope keeps the newest slope
   */
  NDArray slope(
      NDArray x, double t, double next, Prediction network, Transfer transfer, Scope scope) {
    NDArray first = scope.keep(network.at(x, t));
    boolean warm = slopes.size() >= 3;
    slopes.addFirst(first);
    if (!warm) {
      return rungeKutta(x, first, t, next, network, transfer);
    }
    NDArray sum = null;
    Iterator<NDArray> newestFirst = slopes.iterator();
    for (double weight : ADAMS_BASHFORTH) {
      NDArray slope = newestFirst.next();
      sum = sum == null ? Scalars.scale(slope, weight) : Scalars.axpy(weight, slope, sum);
    }
    if (slopes.size() > 3) {
      slopes.removeLast().close();
    }
    return sum;
  }

  private static NDArray rungeKutta(
      NDArray x, NDArray first, double t, double next, Prediction network, Transfer transfer) {
    double middle = (t + next) / 2;
    NDArray second = network.at(transfer.along(x, first, middle), middle);
    NDArray third = network.at(transfer.along(x, second, middle), middle);
    NDArray fourth = network.at(transfer.along(x, third, next), next);
    NDArray sum = Scalars.axpy(2, second.add(third), first.add(fourth));
    return Scalars.scale(sum, 1 / 6.0);
  }

  /** Frees the slopes. */
  void close() {
    slopes.forEach(NDArray::close);
    slopes.clear();
  }
}
