package condgen.download;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Writes the first records of an IDX file as a smaller, gzipped IDX file. */
final class IdxExcerpt {
  private IdxExcerpt() {}

  /**
   * @param from a plain IDX file
   * @param count how many records to keep
   * @param to the gzipped file; appears when it is complete
   */
  static void write(Path from, int count, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
      IdxHeader header = IdxHeader.read(in, from.toString());
      int available = header.dimensions().get(0);
      if (count < 1 || count > available) {
        throw new FetchException(
            "count must be between 1 and " + available + " for " + from + ", but is " + count);
      }
      IdxHeader shorter = header.withCount(count);
      long expected = values(shorter, from);
      byte[] values = in.readNBytes((int) Math.min(expected, Integer.MAX_VALUE - 8));
      if (values.length < expected) {
        throw new EOFException(
            from + " is truncated: expected " + expected + " values after its header");
      }
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
        out.write(shorter.toBytes());
        out.write(values);
      }
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static long values(IdxHeader header, Path from) throws FetchException {
    try {
      return header.values();
    } catch (ArithmeticException e) {
      throw new FetchException(from + " is damaged: its sizes are " + header.dimensions(), e);
    }
  }
}
