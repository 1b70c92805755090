package condgen.ode;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The slopes at the starts of the latest steps, newest first; immutable. */
record History(List<NDList> slopes) {

  /** Before the first step, and all that one-step methods need. */
  static final History NONE = new History(List.of());

  int size() {
    return slopes.size();
  }

  /**
   * With one slope more in front, and the oldest gone when they would be more than {@code most}.
   */
  History with(NDList slope, int most) {
    List<NDList> more = new ArrayList<>(most);
    more.add(slope);
    more.addAll(slopes.subList(0, Math.min(slopes.size(), most - 1)));
    return new History(List.copyOf(more));
  }

  History withoutOldest() {
    return new History(slopes.subList(0, slopes.size() - 1));
  }

  /** Lets the slopes that are not in {@code before} outlive a scope. */
  void keep(Scope scope, History before) {
    slopes.stream().filter(slope -> !before.holds(slope)).forEach(scope::keep);
  }

  /** Closes the slopes that are not in {@code after}. */
  void closeAllBut(History after) {
    slopes.stream().filter(slope -> !after.holds(slope)).forEach(Tensors::close);
  }

  private boolean holds(NDList slope) {
    return slopes.stream().anyMatch(other -> other == slope);
  }
}
