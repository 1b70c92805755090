package condgen.tensor;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The arrays alive at one moment, so that all those made after it can be freed together: a notebook
 * takes it at its start and frees at its end what its cells made.
 */
public final class LiveArrays {
  private final Set<String> before;

  private LiveArrays(Set<String> before) {
    this.before = before;
  }

  /** Takes note of the arrays that are alive now. */
  public static LiveArrays now() {
    Set<String> alive = new HashSet<>();
    all().forEach(array -> alive.add(array.getUid()));
    return new LiveArrays(alive);
  }

  /**
   * Closes every array made since, in whatever scope, except the constants that {@link Scalars}
   * remembers.
   *
   * @return how many were closed
   */
  public int freeLater() {
    Set<String> constants = Scalars.constants();
    int freed = 0;
    for (NDArray array : all()) {
      if (!before.contains(array.getUid()) && !constants.contains(array.getUid())) {
        array.close();
        freed++;
      }
    }
    return freed;
  }

  private static List<NDArray> all() {
    return List.copyOf(Devices.root().getParentManager().getManagedArrays());
  }
}
