package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * Makes arrays on the chosen device and reads them back. Arrays made inside a {@link Scope} end
 * with it; others live until they are closed.
 *
 * <p>Without a type in the name, arrays are float32; {@code ofDoubles} and the methods with a
 * {@link DataType} make float64.
 */
public final class Tensors {

  private Tensors() {}

  private static NDManager manager() {
    return Devices.root();
  }

  /** A float32 vector (n) of these numbers. */
  public static NDArray of(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return manager().create(floats);
  }

  /** A float64 vector (n) of these numbers. */
  public static NDArray ofDoubles(double... values) {
    return manager().create(values);
  }

  /** A float32 matrix (rows, columns). */
  public static NDArray of(float[][] rows) {
    return manager().create(rows);
  }

  /**
   * A float32 array of this shape, filled in row-major order.
   *
   * @throws IllegalArgumentException when the number of values is not the shape's size
   */
  public static NDArray of(float[] values, Shape shape) {
    requireSize(values.length, shape);
    return manager().create(values, shape);
  }

  /** A float64 array of this shape, filled in row-major order. */
  public static NDArray of(double[] values, Shape shape) {
    requireSize(values.length, shape);
    return manager().create(values, shape);
  }

  /** An int64 vector (n), for indices and labels. */
  public static NDArray ofLongs(long... values) {
    return manager().create(values);
  }

  private static void requireSize(int count, Shape shape) {
    if (count != shape.size()) {
      throw new IllegalArgumentException(
          "values must hold "
              + shape.size()
              + " numbers for shape "
              + shape
              + ", but holds "
              + count);
    }
  }

  /** Zeros, float32. */
  public static NDArray zeros(Shape shape) {
    return zeros(shape, DataType.FLOAT32);
  }

  /** Zeros of a type. */
  public static NDArray zeros(Shape shape, DataType type) {
    return manager().zeros(shape, type);
  }

  /** Zeros with the shape and type of another array. */
  public static NDArray zerosLike(NDArray like) {
    return manager().zeros(like.getShape(), like.getDataType());
  }

  /** Ones, float32. */
  public static NDArray ones(Shape shape) {
    return ones(shape, DataType.FLOAT32);
  }

  /** Ones of a type. */
  public static NDArray ones(Shape shape, DataType type) {
    return manager().ones(shape, type);
  }

  /** Ones with the shape and type of another array. */
  public static NDArray onesLike(NDArray like) {
    return manager().ones(like.getShape(), like.getDataType());
  }

  /** One number everywhere, exactly rounded to the type. */
  public static NDArray full(Shape shape, double value, DataType type) {
    return Scalars.full(shape, value, type);
  }

  /** {@code count} float32 numbers from {@code start} to {@code end}, both included. */
  public static NDArray linspace(double start, double end, int count) {
    if (count < 2) {
      throw new IllegalArgumentException("count must be at least 2, but is " + count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = i == count - 1 ? end : start + (end - start) * i / (count - 1);
    }
    return of(values);
  }

  /** The identity matrix (n, n), float32. */
  public static NDArray eye(int n) {
    return manager().eye(n);
  }

  /**
   * One factor per sample, ready to multiply a batch.
   *
   * @param values one number per sample
   * @param like (batch, ...), gives type and number of axes
   * @return (batch, 1, ..., 1)
   */
  public static NDArray perSample(double[] values, NDArray like) {
    if (values.length != like.getShape().get(0)) {
      throw new IllegalArgumentException(
          "values must be one per sample ("
              + like.getShape().get(0)
              + "), but are "
              + values.length);
    }
    long[] shape = new long[like.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[0] = values.length;
    return of(values, new Shape(shape)).toType(like.getDataType(), false);
  }

  /** A copy of the values, cut off from any gradient, in the current scope. */
  public static NDArray copy(NDArray array) {
    return array.stopGradient().duplicate();
  }

  /** Reads an array of any number type back as doubles, row-major. */
  public static double[] toDoubles(NDArray array) {
    Arguments.requireOpen(array, "array");
    DataType type = array.getDataType();
    if (type == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    if (type == DataType.FLOAT32) {
      float[] floats = array.toFloatArray();
      double[] values = new double[floats.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
      return values;
    }
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }

  /** Reads an array of any number type back as floats, row-major. */
  public static float[] toFloats(NDArray array) {
    Arguments.requireOpen(array, "array");
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    try (NDArray narrow = array.toType(DataType.FLOAT32, true)) {
      return narrow.toFloatArray();
    }
  }

  /** The number in an array of one element. */
  public static double item(NDArray array) {
    double[] values = toDoubles(array);
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "array must hold one number, but has shape " + array.getShape());
    }
    return values[0];
  }

  /** True when no element is NaN or infinite. */
  public static boolean isFinite(NDArray array) {
    try (NDArray difference = array.sub(array);
        NDArray sum = difference.sum()) {
      return item(sum) == 0;
    }
  }

  /** A short text: type, shape, device and the first values. */
  public static String describe(NDArray array) {
    if (array.isReleased()) {
      return "NDArray (closed)";
    }
    double[] first;
    try (NDArray flat = array.flatten();
        NDArray head = flat.get("0:" + Math.min(6, flat.size()))) {
      first = toDoubles(head);
    }
    StringBuilder text = new StringBuilder();
    text.append(array.getDataType()).append(' ').append(array.getShape());
    text.append(' ').append(array.getDevice()).append(" [");
    for (int i = 0; i < first.length; i++) {
      text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4g", first[i]));
    }
    return text.append(array.size() > first.length ? ", ...]" : "]").toString();
  }

  /** Closes all arrays of a list. */
  public static void close(NDList list) {
    list.forEach(NDArray::close);
  }
}
