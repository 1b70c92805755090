package condgen.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * NumPy's format of one array: a magic text, a version, a header written as a Python dictionary
 * (type, order, shape), then the numbers. Floating, whole and truth types are read; unsigned whole
 * numbers of 16 to 64 bits become wider or signed ones. Arrays of objects are pickles inside and
 * refused, as are texts, complex numbers and records.
 */
public final class Npy {

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
    return NpyHeader.text(in, where);
  }

  /** The type that a header names, such as {@code <U4}; null for a record. */
  static String type(String header) {
    return NpyHeader.typeOf(header);
  }

  /** The sizes that a header names, without their brackets; null when there are none. */
  static String shapeOf(String header) {
    return NpyHeader.shapeOf(header);
  }

  private StoredArray array(String name) throws IOException {
    NpyHeader header = NpyHeader.read(in, where);
    long size = header.size();
    FileBytes.requireReadable(where, size);
    byte[] bytes = in.readNBytes((int) size);
    require(bytes.length == size, size + " bytes of numbers, but has " + bytes.length);
    require(in.read() < 0, size + " bytes of numbers, but has more");
    int width = header.type().width();
    byte[] rows =
        header.columns() ? Strides.columnMajor(header.shape()).rowMajor(bytes, width) : bytes;
    return header.type().array(name, header.shape(), rows);
  }

  private void require(boolean holds, String expected) throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(where + " must have " + expected);
    }
  }
}
