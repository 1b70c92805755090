package condgen.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * MATLAB's format 5 of variables (not the HDF5 of version 7.3): read from front to back, so that
 * beside the variables asked for nothing is held in memory. Arrays of numbers, texts, cells and
 * structures are read; sparse arrays and objects are refused.
 */
public final class MatFile {
  private static final int HEADER = 128;
  static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  private MatFile() {}

  /**
   * Variables of a file.
   *
   * @param names which to read; none stands for all; others are skipped
   * @return by name, in the order of the file
   * @throws DamagedDataException if it is of another format, truncated, or lacks a name; the
   *     message says what is there
   * @throws IOException if it cannot be opened
   */
  public static Map<String, MatArray> read(Path file, String... names) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, Files.size(file), file.toString(), names);
    }
  }

  /**
   * @param length of the file in bytes
   * @param where what to call it in messages
   */
  static Map<String, MatArray> read(InputStream in, long length, String where, String... names)
      throws IOException {
    try {
      return variables(in, length, where, List.of(names));
    } catch (DamagedDataException e) {
      throw e;
    } catch (EOFException | RuntimeException e) {
      throw new DamagedDataException(where + " is truncated or damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DamagedDataException(where + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, MatArray> variables(
      InputStream in, long length, String where, List<String> names) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    ByteOrder order = order(header, where);
    Map<String, MatArray> found = new LinkedHashMap<>();
    Map<String, Boolean> seen = new LinkedHashMap<>();
    long left = length - HEADER;
    while (left > 0) {
      ByteBuffer tag = ByteBuffer.wrap(in.readNBytes(8)).order(order);
      if (tag.remaining() < 8) {
        throw new DamagedDataException(where + " is truncated: it ends inside a variable's tag");
      }
      int type = tag.getInt();
      long bytes = Integer.toUnsignedLong(tag.getInt());
      left -= 8 + bytes;
      if (left < 0) {
        throw new DamagedDataException(
            "%s must have a variable of %,d bytes, but ends %,d before"
                .formatted(where, bytes, -left));
      }
      FirstBytes part = new FirstBytes(in, bytes);
      if (type == COMPRESSED || type == MATRIX) {
        MatArray array = variable(part, type, bytes, order, where, names);
        seen.put(array.name(), true);
        if (array.isRead()) {
          found.put(array.name(), array);
        }
      }
      part.skipNBytes(part.left());
    }
    if (!found.keySet().containsAll(names)) {
      throw new DamagedDataException(
          "%s must hold the variables %s, but holds %s".formatted(where, names, seen.keySet()));
    }
    return found;
  }

  private static MatArray variable(
      InputStream part, int type, long bytes, ByteOrder order, String where, List<String> names)
      throws IOException {
    if (type == MATRIX) {
      return new MatElements(part, order, where, bytes).variable(names);
    }
    InputStream inflated = new InflaterInputStream(part);
    MatElements tag = new MatElements(inflated, order, where, 8);
    MatElements.Tag matrix = tag.next();
    if (matrix.type() != MATRIX) {
      throw new DamagedDataException(
          where + " must hold arrays, but a compressed variable is of type " + matrix.type());
    }
    MatArray array = new MatElements(inflated, order, where, matrix.bytes()).variable(names);
    if (array.isRead() && inflated.read() >= 0) {
      throw new DamagedDataException(where + ", " + array.name() + " is longer than it says");
    }
    return array;
  }

  private static ByteOrder order(byte[] header, String where) throws DamagedDataException {
    String mark = header.length < HEADER ? "" : "" + (char) header[126] + (char) header[127];
    if (!mark.equals("IM") && !mark.equals("MI")) {
      throw new DamagedDataException(
          where + " must begin with MATLAB's header of 128 bytes, but does not");
    }
    ByteOrder order = mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int version = ByteBuffer.wrap(header).order(order).getShort(124);
    if (version != 0x0100) {
      throw new DamagedDataException(
          "%s must be of MATLAB's format 5 (0x0100), but is 0x%04x".formatted(where, version));
    }
    return order;
  }
}
