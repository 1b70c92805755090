package condgen.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file {@code NAME.part} that holds what has come of a download so far. */
final class PartFile {
  private PartFile() {}

  /** How many bytes are there; 0 when there is no file. */
  static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Opens it to go on behind byte {@code start}, or anew from 0. */
  static OutputStream open(Path part, long start) throws StorageException {
    try {
      return Files.newOutputStream(
          part,
          StandardOpenOption.CREATE,
          start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StorageException("cannot write " + part + ": " + e, e);
    }
  }

  /**
   * Removes a part file that is another name of a user's own file, which must not be written to.
   */
  static void letGo(Path part) throws IOException {
    boolean unix = part.getFileSystem().supportedFileAttributeViews().contains("unix");
    if (unix && Files.exists(part) && (int) Files.getAttribute(part, "unix:nlink") > 1) {
      Files.delete(part);
    }
  }

  /** The name of a file without its ".part". */
  static String label(Path part) {
    return part.getFileName().toString().replaceFirst("\\.part$", "");
  }

  /** Gives up what is there; the next attempt begins at the first byte. */
  static void restart(Path part, String why) throws IOException {
    Files.deleteIfExists(part);
    throw new IOException(why);
  }
}
