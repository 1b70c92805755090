package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks out for events along a solve, and collects them. */
final class EventWatch {

  private final List<Event> events;
  private final int direction;
  private final double last;
  private final double[] values;
  private final List<Event.Crossing> met = new ArrayList<>();

  EventWatch(List<Event> events, InitialValueProblem problem) {
    this.events = events;
    direction = problem.direction();
    last = problem.end();
    values = new double[events.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(events.get(i), problem.start(), problem.x0());
    }
  }

  boolean isIdle() {
    return events.isEmpty();
  }

  /**
   * Looks at one step.
   *
   * @param scope the step's; the states of events outlive it
   * @param span the state at times within the step
   * @return the event that stops the solve; null when none does
   */
  Event.Crossing pass(Scope scope, double t, double end, NDList state, StepSpan span) {
    List<Event.Crossing> inStep = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Event event = events.get(i);
      double before = values[i];
      values[i] = value(event, end, state);
      if (event.isPassed(before, values[i])) {
        span.prepare();
        double time = values[i] == 0 ? end : locate(event, before, t, end, span);
        if (direction * (time - last) <= 0) {
          inStep.add(new Event.Crossing(event, time, span.at(time)));
        }
      }
    }
    inStep.sort(Comparator.comparingDouble(crossing -> direction * crossing.t()));
    for (Event.Crossing crossing : inStep) {
      scope.keep(crossing.x());
      met.add(crossing);
      if (crossing.event().stops()) {
        return crossing;
      }
    }
    return null;
  }

  /** All that were met, in order. */
  List<Event.Crossing> met() {
    return List.copyOf(met);
  }

  /** Bisection down to neighbouring numbers. */
  private static double locate(Event event, double before, double t, double end, StepSpan span) {
    double near = t;
    double far = end;
    double middle = 0.5 * (near + far);
    while (middle != near && middle != far) {
      double at = middle;
      double value = Scope.call(() -> value(event, at, span.at(at)));
      if (value == 0) {
        return middle;
      }
      if (value > 0 == before > 0) {
        near = middle;
      } else {
        far = middle;
      }
      middle = 0.5 * (near + far);
    }
    return far;
  }

  private static double value(Event event, double t, NDList x) {
    return Scope.call(() -> event.value(t, x));
  }
}
