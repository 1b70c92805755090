package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes a directory can still take. */
@FunctionalInterface
interface FreeSpace {
  /**
   * @param directory an existing directory
   * @return bytes that this process may still write there
   */
  long usable(Path directory) throws IOException;

  /** The answer of the file system. */
  static FreeSpace ofFileSystem() {
    return directory -> Files.getFileStore(directory).getUsableSpace();
  }

  /**
   * Checks that {@code bytes} fit before anything is written, where the file system tells its free
   * space.
   *
   * @throws StorageException naming the needed and the available bytes when they do not
   */
  default void require(Path directory, long bytes, String what) throws StorageException {
    long available;
    try {
      available = usable(directory);
    } catch (IOException e) {
      return; // Some containers do not tell; a full disk then shows when it is written to.
    }
    if (available < bytes) {
      throw new StorageException(
          String.format(
              "not enough disk space for %s: %,d bytes needed, %,d bytes available in %s",
              what, bytes, available, directory));
    }
  }

  /** A phrase with the free bytes beside a file, for messages after a failed write. */
  static String describe(Path file) {
    try {
      return String.format(
          "%,d bytes available in %s",
          Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace(),
          file.toAbsolutePath().getParent());
    } catch (IOException e) {
      return "free space unknown";
    }
  }
}
