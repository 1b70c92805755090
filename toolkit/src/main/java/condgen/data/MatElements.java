package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tagged elements of which a variable of MATLAB's format 5 is made, read one after the other.
 */
final class MatElements {
  private static final int CELL = 1;
  private static final int STRUCTURE = 2;
  private static final int TEXT = 4;
  private static final int FIRST_NUMBER = 6;
  private static final int LAST_NUMBER = 15;
  private static final int COMPLEX = 0x0800;
  private static final int DEEPEST = 16;
  private static final int MOST_PARTS = 1 << 22;

  private final InputStream in;
  private final ByteOrder order;
  private final String where;
  private long left;

  /**
   * @param left how many bytes the elements have together
   */
  MatElements(InputStream in, ByteOrder order, String where, long left) {
    this.in = in;
    this.order = order;
    this.where = where;
    this.left = left;
  }

  /**
   * The head of an element.
   *
   * @param packed its bytes when they lie in the head itself, else null
   */
  record Tag(int type, long bytes, byte[] packed) {}

  Tag next() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(take(8)).order(order);
    int first = head.getInt();
    if (first >>> 16 == 0) {
      return new Tag(first, Integer.toUnsignedLong(head.getInt()), null);
    }
    int bytes = first >>> 16;
    if (bytes > 4) {
      throw damaged("short elements of at most 4 bytes, but one says " + bytes);
    }
    return new Tag(first & 0xffff, bytes, Arrays.copyOfRange(head.array(), 4, 4 + bytes));
  }

  /** A variable whose tag was read; only its name when it is not wanted. */
  MatArray variable(List<String> names) throws IOException {
    return array(names, 0);
  }

  private MatArray array(List<String> names, int depth) throws IOException {
    if (left == 0) {
      return new MatArray("", new int[] {0, 0}, 0, new byte[0], order, List.of(), List.of());
    }
    int[] flags = ints(8);
    int kind = flags[0] & 0xff;
    int[] dims = ints(1 << 10);
    String name = new String(data(1 << 16), StandardCharsets.UTF_8);
    if (!names.isEmpty() && !names.contains(name)) {
      return MatArray.skipped(name);
    }
    long count = 1;
    for (int side : dims) {
      if (side < 0 || count > Integer.MAX_VALUE) {
        throw damaged("sizes, but " + name + " has " + Arrays.toString(dims));
      }
      count *= side;
    }
    if (count > Integer.MAX_VALUE) {
      throw damaged("at most 2^31 numbers, but " + name + " has " + Arrays.toString(dims));
    }
    if (kind == CELL || kind == STRUCTURE) {
      return parts(name, dims, kind, count, depth);
    }
    boolean plain = kind == TEXT || kind >= FIRST_NUMBER && kind <= LAST_NUMBER;
    if (!plain || (flags[0] & COMPLEX) != 0) {
      throw damaged(
          "real numbers, texts, cells or structures, but %s is of kind %d".formatted(name, kind));
    }
    Tag tag = next();
    int width = MatArray.width(tag.type);
    if (width == 0 || kind != TEXT && tag.bytes != count * width) {
      throw damaged(
          "%d numbers in %s, but it has %d bytes of type %d"
              .formatted(count, name, tag.bytes, tag.type));
    }
    return new MatArray(
        name, dims, tag.type, data(tag, FileBytes.LONGEST), order, List.of(), List.of());
  }

  private MatArray parts(String name, int[] dims, int kind, long count, int depth)
      throws IOException {
    if (depth == DEEPEST) {
      throw damaged("at most " + DEEPEST + " structures within each other");
    }
    List<String> fields = kind == CELL ? List.of("") : fields();
    if (count * fields.size() > Math.min(MOST_PARTS, left / 8)) {
      throw damaged("parts in its length, but " + name + " says " + count + " x " + fields.size());
    }
    List<MatArray> parts = new ArrayList<>();
    for (long k = 0; k < count * fields.size(); k++) {
      Tag tag = next();
      if (tag.type != MatFile.MATRIX || tag.bytes > left || tag.packed != null) {
        throw damaged("arrays in " + name + ", but a part is of type " + tag.type);
      }
      left -= tag.bytes;
      MatElements inner = new MatElements(in, order, where, tag.bytes);
      parts.add(inner.array(List.of(), depth + 1));
      in.skipNBytes(inner.left);
    }
    return new MatArray(name, dims, 0, new byte[0], order, fields, parts);
  }

  private List<String> fields() throws IOException {
    int width = ints(4)[0];
    byte[] text = data(1 << 20);
    if (width < 1 || text.length % width != 0) {
      throw damaged("names of fields, but they take " + width + " of " + text.length + " bytes");
    }
    List<String> fields = new ArrayList<>();
    for (int at = 0; at < text.length; at += width) {
      fields.add(new String(text, at, width, StandardCharsets.ISO_8859_1).replaceAll("\0.*", ""));
    }
    return fields;
  }

  private int[] ints(int most) throws IOException {
    byte[] bytes = data(most);
    if (bytes.length < 4) {
      throw damaged("whole numbers in its head");
    }
    int[] values = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(order).asIntBuffer().get(values);
    return values;
  }

  private byte[] data(long most) throws IOException {
    return data(next(), most);
  }

  /** The bytes of an element; up to the next multiple of 8 bytes are skipped. */
  private byte[] data(Tag tag, long most) throws IOException {
    if (tag.packed != null) {
      return tag.packed;
    }
    if (tag.bytes > Math.min(left, most)) {
      throw damaged(
          "an element of at most %,d bytes, but it says %,d"
              .formatted(Math.min(left, most), tag.bytes));
    }
    byte[] bytes = take((int) tag.bytes);
    long padding = Math.min(left, (8 - tag.bytes % 8) % 8);
    take((int) padding);
    return bytes;
  }

  private byte[] take(int count) throws IOException {
    byte[] bytes = count > left ? new byte[0] : in.readNBytes(count);
    if (bytes.length < count) {
      throw damaged("%,d bytes more, but ends before".formatted(count - bytes.length));
    }
    left -= count;
    return bytes;
  }

  private DamagedDataException damaged(String expected) {
    return new DamagedDataException(where + " must have " + expected);
  }
}
