package condgen.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The header of an IDX file of unsigned bytes: two zero bytes, the type 8, the number of
 * dimensions, then each dimension as a big-endian 32-bit integer. The values follow, last dimension
 * fastest.
 *
 * @param dimensions sizes, slowest first: count, rows, columns for images; count for labels
 */
public record IdxHeader(List<Integer> dimensions) {
  private static final int UNSIGNED_BYTE = 8;

  /** Makes the list unchangeable. */
  public IdxHeader {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Reads the header of a plain (not gzipped) file.
   *
   * @throws IOException when the file cannot be read, is too short or is not IDX
   */
  public static IdxHeader read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a header and leaves the stream at the first value.
   *
   * @param name the name of the stream for messages
   * @throws IOException when the stream ends inside the header or does not begin like IDX
   */
  public static IdxHeader read(InputStream in, String name) throws IOException {
    int magic = ByteBuffer.wrap(bytes(in, 4, 0, name)).getInt();
    int rank = magic & 0xff;
    if (magic >>> 8 != UNSIGNED_BYTE || rank == 0) {
      throw new IOException(
          String.format(
              "%s is no IDX file of bytes: expected magic 0x000008nn, found 0x%08x", name, magic));
    }
    ByteBuffer sizes = ByteBuffer.wrap(bytes(in, 4 * rank, 4, name));
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int size = sizes.getInt();
      if (size < 0) {
        throw new IOException(name + ": IDX dimension " + i + " is negative: " + size);
      }
      dimensions.add(size);
    }
    return new IdxHeader(dimensions);
  }

  private static byte[] bytes(InputStream in, int count, int before, String name)
      throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(
          String.format(
              "%s ends inside its IDX header: expected at least %d bytes, found %d",
              name, before + count, before + bytes.length));
    }
    return bytes;
  }

  /** The length of the header in bytes. */
  public int length() {
    return 4 + 4 * dimensions.size();
  }

  /** The number of values that follow the header: the product of the dimensions. */
  public long values() {
    return dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** The first four bytes as an integer: 0x00000803 for images, 0x00000801 for labels. */
  public int magic() {
    return UNSIGNED_BYTE << 8 | dimensions.size();
  }

  /** The same header with another number of records. */
  public IdxHeader withCount(int count) {
    return new IdxHeader(
        IntStream.range(0, dimensions.size())
            .mapToObj(i -> i == 0 ? Integer.valueOf(count) : dimensions.get(i))
            .toList());
  }

  /** The header as bytes. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(length()).putInt(magic());
    dimensions.forEach(buffer::putInt);
    return buffer.array();
  }
}
