package condgen.data;

import java.util.Arrays;

/**
 * How an array's numbers are laid out: along each axis, how many there are and how far apart
 * neighbours lie.
 *
 * @param shape sizes
 * @param strides distances, counted in numbers
 */
record Strides(long[] shape, long[] strides) {

  /** The layout of Fortran: the first axis runs fastest. */
  static Strides columnMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long next = 1;
    for (int i = 0; i < shape.length; i++) {
      strides[i] = next;
      next *= shape[i];
    }
    return new Strides(shape, strides);
  }

  boolean isNegative() {
    return Arrays.stream(shape).anyMatch(s -> s < 0) || Arrays.stream(strides).anyMatch(s -> s < 0);
  }

  /**
   * How many numbers lie between the first and the last, both counted.
   *
   * @throws ArithmeticException if they are too many to count
   */
  long span() {
    long span = 1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0) {
        return 0;
      }
      span = Math.addExact(span, Math.multiplyExact(shape[i] - 1, strides[i]));
    }
    return span;
  }

  private boolean isRowMajor() {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }

  /**
   * The numbers in row-major order.
   *
   * @param span the bytes from the first number to the last
   * @param width bytes of one number
   */
  byte[] rowMajor(byte[] span, int width) {
    if (span.length == 0 || isRowMajor()) {
      return span;
    }
    long count = 1;
    for (long side : shape) {
      count = Math.multiplyExact(count, side);
    }
    byte[] bytes = new byte[Math.toIntExact(count * width)];
    long[] index = new long[shape.length];
    long from = 0;
    for (int to = 0; to < bytes.length; to += width) {
      System.arraycopy(span, Math.toIntExact(from * width), bytes, to, width);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "shape " + Arrays.toString(shape) + " and strides " + Arrays.toString(strides);
  }
}
