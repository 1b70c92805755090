package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Something that happens where a number g(t, x) passes through zero: a ball meets the ground, a
 * concentration its threshold.
 *
 * <pre>{@code
 * var ground = Event.when((t, x) -> Tensors.item(x.get("0"))).falling().stopping();
 * var fall = Ode.solve(f, x0, 0, 10, DormandPrince.tolerances(1e-8, 1e-8).events(ground));
 * }</pre>
 *
 * <p>g is looked at after each step, and where its sign has changed the time is found by bisection
 * on the interpolated state. Two passages within one step cancel and are not seen; shorter steps
 * ({@link Adaptive#largestStep}) show them. A solve that starts at g = 0 does not begin with an
 * event.
 */
public final class Event {

  private enum Direction {
    RISING,
    FALLING,
    BOTH
  }

  private final StateFunction g;
  private final Direction direction;
  private final boolean stops;

  private Event(StateFunction g, Direction direction, boolean stops) {
    if (g == null) {
      throw new IllegalArgumentException("g must be a function, but is null");
    }
    this.g = g;
    this.direction = direction;
    this.stops = stops;
  }

  /** A number that depends on time and state, of several arrays. */
  @FunctionalInterface
  public interface StateFunction {
    /** The number at time t and state x. */
    double at(double t, NDList x);
  }

  /** A number that depends on time and state, of one array. */
  @FunctionalInterface
  public interface ArrayFunction {
    /** The number at time t and state x. */
    double at(double t, NDArray x);
  }

  /**
   * A passage and what was there.
   *
   * @param event what happened
   * @param t when
   * @param x state then
   */
  public record Crossing(Event event, double t, NDList x) {}

  /** The passage of g through zero, in both directions; the solve goes on. */
  public static Event when(ArrayFunction g) {
    if (g == null) {
      throw new IllegalArgumentException("g must be a function, but is null");
    }
    return new Event((t, x) -> g.at(t, x.get(0)), Direction.BOTH, false);
  }

  /** The same for a state of several arrays. */
  public static Event whenState(StateFunction g) {
    return new Event(g, Direction.BOTH, false);
  }

  /** Only where g grows along the way of the solve. */
  public Event rising() {
    return new Event(g, Direction.RISING, stops);
  }

  /** Only where g falls along the way of the solve. */
  public Event falling() {
    return new Event(g, Direction.FALLING, stops);
  }

  /** The solve ends there, with {@link Status#EVENT}. */
  public Event stopping() {
    return new Event(g, direction, true);
  }

  boolean stops() {
    return stops;
  }

  double value(double t, NDList x) {
    return g.at(t, x);
  }

  /** True when the sign has changed in the direction that is asked for. */
  boolean isPassed(double before, double after) {
    boolean rises = before < 0 && after >= 0;
    boolean falls = before > 0 && after <= 0;
    return rises && direction != Direction.FALLING || falls && direction != Direction.RISING;
  }
}
