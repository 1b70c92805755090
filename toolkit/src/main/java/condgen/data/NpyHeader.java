package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a .npy file: a magic text, a version, and a Python dictionary.
 *
 * @param type of the numbers
 * @param columns whether the first size is fastest
 * @param shape the sizes
 * @param length of the header in bytes; the numbers begin there
 * @param size of the numbers in bytes
 */
record NpyHeader(NpyType type, boolean columns, long[] shape, int length, long size) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 20;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,L\\s]*)\\)");

  /**
   * Reads a header; the stream then stands at the first number.
   *
   * @param where what to call it in messages
   * @throws DamagedDataException if it is none, or of a type that is not read
   */
  static NpyHeader read(InputStream in, String where) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    byte[] text = text(in, start, where);
    int count = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
    int length = start.length + count + text.length;
    return of(new String(text, StandardCharsets.UTF_8), length, where);
  }

  /** The dictionary alone, of any type; the stream then stands at the first byte behind it. */
  static String text(InputStream in, String where) throws IOException {
    byte[] text = text(in, in.readNBytes(MAGIC.length + 2), where);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] text(InputStream in, byte[] start, String where) throws IOException {
    boolean magic =
        start.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC);
    require(where, magic, "NumPy's magic text");
    int version = start.length > MAGIC.length + 1 ? start[MAGIC.length] : 0;
    require(where, version >= 1 && version <= 3, "version 1, 2 or 3");
    int width = version == 1 ? Short.BYTES : Integer.BYTES;
    byte[] count = in.readNBytes(width);
    require(where, count.length == width, "the length of a header");
    ByteBuffer number = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN);
    int length = width == Short.BYTES ? Short.toUnsignedInt(number.getShort()) : number.getInt();
    require(where, length >= 0 && length <= LONGEST_HEADER, "a header of at most 1 MB");
    byte[] text = in.readNBytes(length);
    require(where, text.length == length, "a header of " + length + " bytes");
    return text;
  }

  /** The type that a dictionary names, such as {@code <U4}; null for a record. */
  static String typeOf(String header) {
    Matcher type = TYPE.matcher(header);
    return type.find() ? type.group(1) : null;
  }

  /** The sizes that a dictionary names, without their brackets; null when there are none. */
  static String shapeOf(String header) {
    Matcher sides = SHAPE.matcher(header);
    return sides.find() ? sides.group(1).strip() : null;
  }

  private static NpyHeader of(String header, int start, String where) throws DamagedDataException {
    Matcher type = TYPE.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher sides = SHAPE.matcher(header);
    require(where, type.find() && order.find() && sides.find(), "descr, fortran_order and shape");
    NpyType numbers = NpyType.of(type.group(1) == null ? "a record" : type.group(1), where);
    try {
      long[] shape = shape(sides.group(1));
      long size = numbers.width();
      for (long side : shape) {
        size = Math.multiplyExact(size, side);
      }
      return new NpyHeader(numbers, order.group(1).equals("True"), shape, start, size);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new DamagedDataException(where + " must have a shape of numbers: " + header.trim(), e);
    }
  }

  private static long[] shape(String text) {
    return Arrays.stream(text.replace("L", "").split(","))
        .map(String::trim)
        .filter(s -> !s.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private static void require(String where, boolean holds, String expected)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(where + " must have " + expected);
    }
  }
}
