package condgen.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A variable of a MATLAB file: numbers or a text, first size fastest, or a structure of other
 * arrays. Numbers are kept in the narrow type in which the file stores them.
 */
public final class MatArray {
  private static final int UINT8 = 2;

  private final String name;
  private final int[] sizes;
  private final int type;
  private final byte[] data;
  private final ByteOrder order;
  private final List<String> fields;
  private final List<MatArray> parts;

  MatArray(
      String name,
      int[] sizes,
      int type,
      byte[] data,
      ByteOrder order,
      List<String> fields,
      List<MatArray> parts) {
    this.name = name;
    this.sizes = sizes;
    this.type = type;
    this.data = data;
    this.order = order;
    this.fields = fields;
    this.parts = parts;
  }

  static MatArray skipped(String name) {
    return new MatArray(name, new int[0], -1, new byte[0], ByteOrder.LITTLE_ENDIAN, null, null);
  }

  boolean isRead() {
    return type >= 0;
  }

  /** Bytes of one number of a stored type; 0 for types that are no numbers. */
  static int width(int type) {
    return switch (type) {
      case 1, 2, 16 -> 1;
      case 3, 4, 17 -> 2;
      case 5, 6, 7, 18 -> 4;
      case 9, 12, 13 -> 8;
      default -> 0;
    };
  }

  /** What it is called; empty for a part of another. */
  public String name() {
    return name;
  }

  /** Its sizes; the first one is fastest. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Whether the file stores bytes without sign. */
  public boolean isBytes() {
    return type == UINT8;
  }

  /** The stored bytes themselves, first size fastest; not to be changed by others. */
  byte[] bytes() {
    return data;
  }

  /** The numbers, first size fastest. */
  public double[] doubles() {
    int width = Math.max(1, width(type));
    ByteBuffer from = ByteBuffer.wrap(data).order(order);
    double[] values = new double[data.length / width];
    Arrays.setAll(values, i -> number(from, i));
    return values;
  }

  private double number(ByteBuffer from, int i) {
    return switch (type) {
      case 1 -> from.get(i);
      case 3 -> from.getShort(2 * i);
      case 4, 17 -> Short.toUnsignedInt(from.getShort(2 * i));
      case 5 -> from.getInt(4 * i);
      case 6, 18 -> Integer.toUnsignedLong(from.getInt(4 * i));
      case 7 -> from.getFloat(4 * i);
      case 9 -> from.getDouble(8 * i);
      case 12, 13 -> from.getLong(8 * i);
      default -> from.get(i) & 0xff;
    };
  }

  /** A text of one row. */
  public String text() {
    return switch (type) {
      case 4, 17 ->
          new String(
              data,
              order == ByteOrder.LITTLE_ENDIAN
                  ? StandardCharsets.UTF_16LE
                  : StandardCharsets.UTF_16BE);
      default -> new String(data, StandardCharsets.UTF_8);
    };
  }

  /** The names of a structure's fields; one empty name for cells; none for numbers and texts. */
  public List<String> fields() {
    return List.copyOf(fields);
  }

  /** How many structures, or cells, it has. */
  public int count() {
    return fields.isEmpty() ? 0 : parts.size() / fields.size();
  }

  /**
   * A field of one of the structures.
   *
   * @param i 0 to count - 1
   * @param field one of {@link #fields}
   */
  public MatArray part(int i, String field) {
    int k = fields.indexOf(field);
    if (k < 0 || i < 0 || i >= count()) {
      throw new IllegalArgumentException(
          "i must be 0 to %d and field one of %s, but are %d and %s"
              .formatted(count() - 1, fields, i, field));
    }
    return parts.get(i * fields.size() + k);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(sizes);
  }
}
