package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The state of a solve at every time: each step's polynomial, a quartic for {@link DormandPrince},
 * a cubic for the others. Neighbouring polynomials meet with the same state and slope.
 */
public final class DenseOutput {

  private final List<Node> nodes;
  private final double reached;

  /**
   * From the ends of all steps, in order.
   *
   * @param reached the time to which they hold
   */
  DenseOutput(List<Node> nodes, double reached) {
    this.nodes = nodes;
    this.reached = reached;
  }

  /**
   * Where one step ends and another begins.
   *
   * @param t time
   * @param x state
   * @param slope slope; null after a failure, when the way there is a straight line
   * @param middle state in the middle of the step that begins here; null when there is none
   */
  record Node(double t, NDList x, NDList slope, NDList middle) {

    void forEach(Consumer<NDList> action) {
      action.accept(x);
      if (slope != null) {
        action.accept(slope);
      }
      if (middle != null) {
        action.accept(middle);
      }
    }
  }

  /** The first time. */
  public double start() {
    return nodes.get(0).t();
  }

  /** The time that was reached. */
  public double end() {
    return reached;
  }

  /**
   * The state at a time between start and end, in the current scope.
   *
   * @throws IllegalArgumentException when t lies outside
   */
  public NDList at(double t) {
    if (!((t - start()) * (t - reached) <= 0)) {
      throw new IllegalArgumentException(
          "t must be from " + start() + " to " + reached + ", but is " + t);
    }
    int direction = reached >= start() ? 1 : -1;
    int low = 0;
    int high = nodes.size() - 1;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (direction * (t - nodes.get(middle).t()) < 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low == high
        ? States.copy(nodes.get(low).x())
        : between(t, nodes.get(low), nodes.get(high));
  }

  private static NDList between(double t, Node a, Node b) {
    double h = b.t() - a.t();
    double s = (t - a.t()) / h;
    if (b.slope() == null) {
      return Interpolation.linear(s, a.x(), b.x());
    }
    return a.middle() == null
        ? Interpolation.cubic(s, h, a.x(), a.slope(), b.x(), b.slope())
        : Interpolation.quartic(s, h, a.x(), a.slope(), a.middle(), b.x(), b.slope());
  }

  void close() {
    nodes.forEach(node -> node.forEach(part -> part.forEach(NDArray::close)));
  }
}
