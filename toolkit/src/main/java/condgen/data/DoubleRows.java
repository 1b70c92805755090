package condgen.data;

import java.util.Arrays;

/** Numbers that are collected as they are read, since no count in a header is believed. */
final class DoubleRows {

  private static final int MOST = 1 << 27;

  private double[] values = new double[256];
  private int size;

  /**
   * @param text where it was read
   * @throws DamagedDataException if there are more than any recording has
   */
  void add(double value, TextLines text) throws DamagedDataException {
    if (size == MOST) {
      throw text.damaged("at most " + MOST + " numbers before it");
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
