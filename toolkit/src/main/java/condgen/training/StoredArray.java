package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An array as it lies in a file: its name, type, shape and little-endian bytes on the Java heap.
 */
final class StoredArray {

  private final String name;
  private final Type type;
  private final long[] shape;
  private final byte[] bytes;

  /** The number types that files hold, with the format's own names. */
  enum Type {
    /** 32-bit floating point. */
    F32(Float.BYTES),
    /** 64-bit floating point. */
    F64(Double.BYTES);

    private final int width;

    Type(int width) {
      this.width = width;
    }
  }

  StoredArray(String name, Type type, long[] shape, byte[] bytes) {
    this.name = name;
    this.type = type;
    this.shape = shape.clone();
    this.bytes = bytes;
  }

  /** The bytes that an array of this type and shape takes. */
  static long size(Type type, long[] shape) {
    return Math.multiplyExact(new Shape(shape).size(), type.width);
  }

  static StoredArray of(String name, NDArray array) {
    Arguments.requireOpen(array, name);
    long[] shape = array.getShape().getShape();
    if (array.getDataType() == DataType.FLOAT32) {
      float[] values = Tensors.toFloats(array);
      ByteBuffer buffer = buffer(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
      buffer.asFloatBuffer().put(values);
      return new StoredArray(name, Type.F32, shape, buffer.array());
    }
    if (array.getDataType() == DataType.FLOAT64) {
      return ofDoubles(name, Tensors.toDoubles(array), shape);
    }
    throw new IllegalArgumentException(
        name + " must be float32 or float64 to be stored, but is " + array.getDataType());
  }

  static StoredArray ofDoubles(String name, double[] values, long... shape) {
    ByteBuffer buffer = buffer(new byte[Math.multiplyExact(values.length, Double.BYTES)]);
    buffer.asDoubleBuffer().put(values);
    return new StoredArray(name, Type.F64, shape, buffer.array());
  }

  /** The array on the chosen device, in the current scope. */
  NDArray toArray() {
    if (type == Type.F64) {
      return Tensors.of(doubles(), new Shape(shape));
    }
    float[] values = new float[bytes.length / Float.BYTES];
    buffer(bytes).asFloatBuffer().get(values);
    return Tensors.of(values, new Shape(shape));
  }

  /** The numbers of a float64 array, row-major. */
  double[] doubles() {
    double[] values = new double[bytes.length / Double.BYTES];
    buffer(bytes).asDoubleBuffer().get(values);
    return values;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  String name() {
    return name;
  }

  Type type() {
    return type;
  }

  Shape shape() {
    return new Shape(shape);
  }

  byte[] bytes() {
    return bytes;
  }

  /** SHA-256 over name, type, shape and bytes. */
  String hash() {
    return hash((name + "\n" + type + "\n" + Arrays.toString(shape) + "\n"), bytes);
  }

  /** SHA-256 of a text and bytes after it, in hexadecimal digits. */
  static String hash(String text, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
