package condgen.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A stretch of a file, read when asked for.
 *
 * @param offset where it begins
 * @param length how many bytes it has
 */
record FileBytes(Path file, long offset, long length) {

  /** The longest that Java arrays can be. */
  static final long LONGEST = Integer.MAX_VALUE - 8;

  /**
   * Reads a part of the stretch.
   *
   * @param from counted from its beginning
   * @throws DamagedDataException if the part is longer than 2 GB, or the file ends before it
   */
  byte[] read(long from, long count) throws IOException {
    requireReadable(file, count);
    if (from < 0 || from + count > length) {
      throw new DamagedDataException(
          "%s must hold bytes %d to %d of a stretch of %d bytes"
              .formatted(file, from, from + count, length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) count);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + from + bytes.position()) < 0) {
          throw new EOFException();
        }
      }
      return bytes.array();
    } catch (EOFException e) {
      throw new DamagedDataException(
          "%s must hold %d bytes at %d, but ends before".formatted(file, count, offset + from), e);
    }
  }

  /** Refuses an array that no Java array can hold. */
  static void requireReadable(Object file, long count) throws DamagedDataException {
    if (count > LONGEST) {
      throw new DamagedDataException(
          "%s: an array of %d bytes is too long; at most %d can be read at once"
              .formatted(file, count, LONGEST));
    }
  }

  /** All of it, as a source of an array. */
  StoredArray.Source all() {
    return () -> read(0, length);
  }
}
