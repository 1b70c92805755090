package condgen.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's format of one array: a magic text, a version, a header written as a Python dictionary
 * (type, order, shape), then the numbers. Floating, whole and truth types are read; unsigned whole
 * numbers of 16 to 64 bits become wider or signed ones. Arrays of objects are pickles inside and
 * refused, as are texts, complex numbers and records.
 */
public final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 20;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,L\\s]*)\\)");

  private final String where;
  private final InputStream in;

  private Npy(String where, InputStream in) {
    this.where = where;
    this.in = in;
  }

  /**
   * The array of a .npy file; its name is that of the file without the ending.
   *
   * @throws DamagedDataException if it is of another format, truncated, too long, or of a type that
   *     is not read
   * @throws IOException if it cannot be opened
   */
  public static StoredArray read(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.npy$", "");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(name, in, file.toString());
    }
  }

  /**
   * @param where what to call it in messages
   */
  static StoredArray read(String name, InputStream in, String where) throws IOException {
    return new Npy(where, in).array(name);
  }

  /**
   * The header of an array, after which {@code in} is at its first byte.
   *
   * @param where what to call it in messages
   */
  static String header(InputStream in, String where) throws IOException {
    return new Npy(where, in).header();
  }

  /** The type that a header names, such as {@code <U4}; null for a record. */
  static String type(String header) {
    Matcher type = TYPE.matcher(header);
    return type.find() ? type.group(1) : null;
  }

  /** The sizes that a header names, without their brackets; null when there are none. */
  static String shapeOf(String header) {
    Matcher sides = SHAPE.matcher(header);
    return sides.find() ? sides.group(1).strip() : null;
  }

  private StoredArray array(String name) throws IOException {
    return array(name, header());
  }

  private String header() throws IOException {
    require(Arrays.equals(in.readNBytes(MAGIC.length), MAGIC), "NumPy's magic text");
    byte[] version = in.readNBytes(2);
    require(version.length == 2 && version[0] >= 1 && version[0] <= 3, "version 1, 2 or 3");
    int width = version[0] == 1 ? Short.BYTES : Integer.BYTES;
    byte[] count = in.readNBytes(width);
    require(count.length == width, "the length of a header");
    ByteBuffer number = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN);
    int length = width == Short.BYTES ? Short.toUnsignedInt(number.getShort()) : number.getInt();
    require(length >= 0 && length <= LONGEST_HEADER, "a header of at most 1 MB");
    byte[] text = in.readNBytes(length);
    require(text.length == length, "a header of " + length + " bytes");
    return new String(text, StandardCharsets.UTF_8);
  }

  private StoredArray array(String name, String header) throws IOException {
    Matcher type = TYPE.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher sides = SHAPE.matcher(header);
    require(type.find() && order.find() && sides.find(), "descr, fortran_order and shape");
    NpyType numbers = NpyType.of(type.group(1) == null ? "a record" : type.group(1), where);
    long[] shape;
    long size;
    try {
      shape = shape(sides.group(1));
      size = numbers.width();
      for (long side : shape) {
        size = Math.multiplyExact(size, side);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new DamagedDataException(where + " must have a shape of numbers: " + header.trim(), e);
    }
    FileBytes.requireReadable(where, size);
    byte[] bytes = in.readNBytes((int) size);
    require(bytes.length == size, size + " bytes of numbers, but has " + bytes.length);
    require(in.read() < 0, size + " bytes of numbers, but has more");
    boolean columns = order.group(1).equals("True");
    byte[] rows = columns ? Strides.columnMajor(shape).rowMajor(bytes, numbers.width()) : bytes;
    return numbers.array(name, shape, rows);
  }

  private static long[] shape(String text) {
    return Arrays.stream(text.replace("L", "").split(","))
        .map(String::trim)
        .filter(s -> !s.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private void require(boolean holds, String expected) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(where + " must have " + expected);
    }
  }
}
