package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Writes the first records of a file of records of one length as a smaller, gzipped file. */
final class RecordExcerpt {
  private RecordExcerpt() {}

  /**
   * @param from a file that is nothing but records
   * @param recordBytes the length of a record
   * @param count how many records to keep
   * @param to the gzipped file; appears when it is complete
   */
  static void write(Path from, int recordBytes, int count, Path to) throws IOException {
    long available = Files.size(from) / recordBytes;
    if (count < 1 || count > available) {
      throw new FetchException(
          "count must be between 1 and " + available + " for " + from + ", but is " + count);
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
      out.write(in.readNBytes(Math.multiplyExact(count, recordBytes)));
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
