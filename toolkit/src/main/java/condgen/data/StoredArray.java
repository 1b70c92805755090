package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An array as it lies in a file: its name, type, shape and little-endian bytes. The bytes are on
 * the Java heap, or still in the file; then they are read each time they are asked for, so that a
 * checkpoint of gigabytes passes through the heap one array at a time.
 */
public final class StoredArray {

  private final String name;
  private final Type type;
  private final long[] shape;
  private final Source source;

  /** The number types that files hold, with the names of the safetensors format. */
  public enum Type {
    /** 16-bit floating point. */
    F16(2),
    /** The upper half of a 32-bit floating point number. */
    BF16(2),
    /** 32-bit floating point. */
    F32(4),
    /** 64-bit floating point. */
    F64(8),
    /** Whole numbers of 8 bits. */
    I8(1),
    /** Whole numbers of 16 bits. */
    I16(2),
    /** Whole numbers of 32 bits. */
    I32(4),
    /** Whole numbers of 64 bits. */
    I64(8),
    /** Whole numbers of 8 bits without sign. */
    U8(1),
    /** One byte, 0 or 1. */
    BOOL(1);

    private final int width;

    Type(int width) {
      this.width = width;
    }

    /** Bytes of one number. */
    public int width() {
      return width;
    }

    /** Whether its numbers are not whole. */
    public boolean isFloating() {
      return this == F16 || this == BF16 || this == F32 || this == F64;
    }
  }

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /** All of them, little-endian, row-major. */
    byte[] read() throws IOException;
  }

  StoredArray(String name, Type type, long[] shape, Source source) {
    this.name = name;
    this.type = type;
    this.shape = shape.clone();
    this.source = source;
  }

  /**
   * An array on the heap.
   *
   * @param bytes little-endian, row-major
   * @throws IllegalArgumentException if they are not as many as type and shape say
   */
  public StoredArray(String name, Type type, long[] shape, byte[] bytes) {
    this(name, type, shape, () -> bytes);
    if (bytes.length != byteCount()) {
      throw new IllegalArgumentException(
          "bytes of " + name + " must be " + byteCount() + ", but are " + bytes.length);
    }
  }

  /** The bytes that an array of this type and shape takes. */
  static long size(Type type, long[] shape) {
    long size = type.width;
    for (long side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }

  /**
   * A copy of an array's numbers.
   *
   * @throws IllegalArgumentException if it is neither float32, float64 nor int64
   */
  public static StoredArray of(String name, NDArray array) {
    Arguments.requireOpen(array, name);
    long[] shape = array.getShape().getShape();
    if (array.getDataType() == DataType.FLOAT32) {
      return ofFloats(name, Tensors.toFloats(array), shape);
    }
    if (array.getDataType() == DataType.FLOAT64) {
      return ofDoubles(name, Tensors.toDoubles(array), shape);
    }
    if (array.getDataType() == DataType.INT64) {
      return ofLongs(name, array.toLongArray(), shape);
    }
    throw new IllegalArgumentException(
        name + " must be float32, float64 or int64 to be stored, but is " + array.getDataType());
  }

  /** A float32 array of these numbers, row-major. */
  public static StoredArray ofFloats(String name, float[] values, long... shape) {
    ByteBuffer buffer = buffer(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
    buffer.asFloatBuffer().put(values);
    return new StoredArray(name, Type.F32, shape, buffer.array());
  }

  /** A float64 array of these numbers, row-major. */
  public static StoredArray ofDoubles(String name, double[] values, long... shape) {
    ByteBuffer buffer = buffer(new byte[Math.multiplyExact(values.length, Double.BYTES)]);
    buffer.asDoubleBuffer().put(values);
    return new StoredArray(name, Type.F64, shape, buffer.array());
  }

  /** An int64 array of these numbers, row-major. */
  public static StoredArray ofLongs(String name, long[] values, long... shape) {
    ByteBuffer buffer = buffer(new byte[Math.multiplyExact(values.length, Long.BYTES)]);
    buffer.asLongBuffer().put(values);
    return new StoredArray(name, Type.I64, shape, buffer.array());
  }

  /**
   * The array on the chosen device, in the current scope: F64 as float64, other floating types as
   * float32, whole numbers and truth values as int64.
   *
   * @throws UncheckedIOException if its bytes are still in a file that does not hold them
   */
  public NDArray toArray() {
    if (type == Type.F64) {
      return Tensors.of(doubles(), shape());
    }
    return type.isFloating()
        ? Tensors.of(floats(), shape())
        : Tensors.ofLongs(longs()).reshape(shape());
  }

  /** The numbers as float32, row-major, rounded where the type is wider. */
  public float[] floats() {
    ByteBuffer buffer = buffer(bytes());
    float[] values = new float[buffer.capacity() / type.width];
    if (type == Type.F32) {
      buffer.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) StoredNumber.read(type, buffer);
    }
    return values;
  }

  /** The numbers as float64, row-major; whole numbers beyond 2⁵³ are rounded. */
  public double[] doubles() {
    ByteBuffer buffer = buffer(bytes());
    double[] values = new double[buffer.capacity() / type.width];
    for (int i = 0; i < values.length; i++) {
      values[i] = StoredNumber.read(type, buffer);
    }
    return values;
  }

  /**
   * Whole numbers or truth values, row-major.
   *
   * @throws IllegalArgumentException if the type is a floating one
   */
  public long[] longs() {
    if (type.isFloating()) {
      throw new IllegalArgumentException(name + " must hold whole numbers, but is " + type);
    }
    ByteBuffer buffer = buffer(bytes());
    long[] values = new long[buffer.capacity() / type.width];
    for (int i = 0; i < values.length; i++) {
      values[i] = StoredNumber.readWhole(type, buffer);
    }
    return values;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** The same array under another name. */
  public StoredArray named(String other) {
    return new StoredArray(other, type, shape, source);
  }

  /** The type of its numbers. */
  public Type type() {
    return type;
  }

  /** Its shape; a single number has none. */
  public Shape shape() {
    return new Shape(shape);
  }

  /** How many bytes it takes, without reading them. */
  public long byteCount() {
    return size(type, shape);
  }

  /**
   * Its bytes, little-endian and row-major.
   *
   * @throws UncheckedIOException of a {@link DamagedDataException} if they are still in a file that
   *     does not hold them
   */
  public byte[] bytes() {
    try {
      return source.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** SHA-256 over name, type, shape and bytes. */
  public String hash() {
    String head = name + "\n" + type + "\n" + Arrays.toString(shape) + "\n";
    return Sha256.of(head.getBytes(StandardCharsets.UTF_8), bytes());
  }

  @Override
  public String toString() {
    return name + " " + type + " " + shape();
  }
}
