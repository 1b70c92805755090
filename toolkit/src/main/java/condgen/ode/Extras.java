package condgen.ode;

import java.util.List;

/**
 * What a solve does besides solving; the same for all methods.
 *
 * @param dense whether the state is kept for all times
 * @param events what is looked out for
 */
record Extras(boolean dense, List<Event> events) {

  static final Extras NONE = new Extras(false, List.of());

  Extras withDense() {
    return new Extras(true, events);
  }

  Extras with(Event... watched) {
    for (int i = 0; i < watched.length; i++) {
      if (watched[i] == null) {
        throw new IllegalArgumentException("events must be given, but events[" + i + "] is null");
      }
    }
    return new Extras(dense, List.of(watched));
  }
}
