package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a stream into a file, and tells a failing source from a failing disk. */
final class Copy {
  private static final int CHUNK = 1 << 16;

  private Copy() {}

  /**
   * Copies all of {@code in} into {@code to}, which is replaced.
   *
   * @param limit most bytes to take, negative for no limit
   * @throws StorageException when writing fails
   * @throws IOException when reading fails, or when there are more bytes than the limit
   */
  static void bounded(InputStream in, Path to, long limit) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long total = 0;
    try (OutputStream out = open(to)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (limit >= 0 && total > limit) {
          throw new FetchException(
              "content for "
                  + to.getFileName()
                  + " is longer than the expected "
                  + limit
                  + " bytes");
        }
        write(out, buffer, n, to);
      }
    }
  }

  /** Writes, and names the file and the free space when that fails. */
  static void write(OutputStream out, byte[] buffer, int length, Path to) throws StorageException {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new StorageException(
          "cannot write " + to + ": " + e.getMessage() + "; " + FreeSpace.describe(to), e);
    }
  }

  /** Opens a file anew. */
  static OutputStream open(Path to) throws StorageException {
    try {
      return Files.newOutputStream(to);
    } catch (IOException e) {
      throw new StorageException("cannot create " + to + ": " + e, e);
    }
  }
}
