package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Arithmetic of arrays with Java numbers, in the array's own type.
 *
 * <p>The engine's own {@code x.mul(0.1)} makes a float64 constant through a buffer each time: it
 * costs about 10 µs and turns a 0-d float32 array into float64. Here a number becomes a 0-d array
 * of x's type once, and is looked up after that.
 */
public final class Scalars {

  /**
   * Schedules and samplers of a notebook have thousands of numbers. More distinct ones than this
   * are not remembered: they change from call to call and would only fill memory.
   */
  private static final int MOST = 32_768;

  private static final Map<Key, NDArray> CONSTANTS = new ConcurrentHashMap<>();

  private record Key(long bits, DataType type) {}

  private Scalars() {}

  /**
   * The number as a 0-d array of the type of {@code like}. It is shared: never close or change it.
   *
   * @param c any number, NaN and infinities included
   * @param like an array, any shape
   */
  public static NDArray constant(double c, NDArray like) {
    Key key = new Key(Double.doubleToRawLongBits(c), like.getDataType());
    NDArray found = CONSTANTS.get(key);
    if (found != null) {
      return found;
    }
    NDArray made = full(new Shape(), c, like.getDataType());
    if (CONSTANTS.size() >= MOST) {
      return made;
    }
    NDScope.unregister(made);
    NDArray earlier = CONSTANTS.putIfAbsent(key, made);
    if (earlier == null) {
      return made;
    }
    made.close();
    return earlier;
  }

  /**
   * The number as a fresh 0-d array of the type of {@code like}, owned by the current scope: for
   * values that change.
   */
  public static NDArray fresh(double c, NDArray like) {
    return full(new Shape(), c, like.getDataType());
  }

  /** x + c. */
  public static NDArray add(NDArray x, double c) {
    return x.add(constant(c, x));
  }

  /** c · x. */
  public static NDArray scale(NDArray x, double c) {
    return x.mul(constant(c, x));
  }

  /** y + c · x. */
  public static NDArray axpy(double c, NDArray x, NDArray y) {
    return y.add(scale(x, c));
  }

  /** x to the power c. */
  public static NDArray pow(NDArray x, double c) {
    return x.pow(constant(c, x));
  }

  /** c − x. */
  public static NDArray subtractFrom(double c, NDArray x) {
    return constant(c, x).sub(x);
  }

  /** Names of the remembered constants, which live as long as the process. */
  static Set<String> constants() {
    return CONSTANTS.values().stream().map(NDArray::getUid).collect(Collectors.toSet());
  }

  static NDArray full(Shape shape, double value, DataType type) {
    PtNDManager manager = (PtNDManager) Devices.root();
    return JniUtils.full(manager, shape, value, type, Devices.device(), SparseFormat.DENSE);
  }
}
