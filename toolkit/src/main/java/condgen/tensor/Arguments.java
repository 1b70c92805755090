package condgen.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * Refuses arrays that a method cannot use, with the argument's name, what was expected and what
 * came.
 */
public final class Arguments {

  private Arguments() {}

  /**
   * Refuses an array that was closed.
   *
   * @throws IllegalStateException naming the argument
   */
  public static void requireOpen(NDArray array, String name) {
    if (array == null) {
      throw new IllegalArgumentException(name + " must be an array, but is null");
    }
    if (array.isReleased()) {
      throw new IllegalStateException(
          name
              + " was closed with the scope that made it; let it leave with scope.keep("
              + name
              + ")");
    }
  }

  /**
   * Refuses an array of another shape; -1 in {@code expected} stands for any size.
   *
   * @throws IllegalArgumentException naming the argument, the expected shape and the one that came
   */
  public static void requireShape(NDArray array, String name, long... expected) {
    requireOpen(array, name);
    long[] came = array.getShape().getShape();
    boolean fits = came.length == expected.length;
    for (int i = 0; fits && i < came.length; i++) {
      fits = expected[i] < 0 || expected[i] == came[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          name + " must have shape " + shapeText(expected) + ", but has " + shapeText(came));
    }
  }

  /**
   * Refuses an array with too few rows: entries along its first axis.
   *
   * @throws IllegalArgumentException naming the argument, the least number and the shape that came
   */
  public static void requireRows(NDArray array, String name, long least) {
    requireOpen(array, name);
    if (array.getShape().dimension() == 0 || array.getShape().get(0) < least) {
      throw new IllegalArgumentException(
          "%s must hold at least %d %s, but has shape %s"
              .formatted(name, least, least == 1 ? "row" : "rows", array.getShape()));
    }
  }

  /** Refuses two arrays of different shapes. */
  public static void requireSameShape(NDArray a, String nameA, NDArray b, String nameB) {
    requireOpen(a, nameA);
    requireOpen(b, nameB);
    if (!a.getShape().equals(b.getShape())) {
      throw new IllegalArgumentException(
          nameA
              + " and "
              + nameB
              + " must have one shape, but have "
              + a.getShape()
              + " and "
              + b.getShape());
    }
  }

  private static String shapeText(long[] sizes) {
    return Arrays.toString(sizes).replace("-1", "any").replace('[', '(').replace(']', ')');
  }
}
