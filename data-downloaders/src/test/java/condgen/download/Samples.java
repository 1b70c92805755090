package condgen.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small files and manifest entries for the tests. */
final class Samples {
  private Samples() {}

  /** Bytes that do not compress. */
  static byte[] bytes(int length, long seed) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(content);
    }
    return out.toByteArray();
  }

  static Fingerprint fingerprint(byte[] content) throws IOException {
    Path file = Files.createTempFile("fingerprint", null);
    try {
      return Fingerprint.of(Files.write(file, content));
    } finally {
      Files.delete(file);
    }
  }

  /** A set "set" with one gzipped file "numbers" at these addresses. */
  static DataSet zippedSet(byte[] content, URI... urls) throws IOException {
    Download download =
        new Download("numbers.gz", fingerprint(gzip(content)), Unpack.GUNZIP, List.of(urls));
    return set(new DataFile("numbers", fingerprint(content), null, download), List.of());
  }

  static DataSet set(DataFile file, List<PackageEntry> packages) {
    return new DataSet("set", "A set", Gate.NONE, "CC0", "", "", List.of(file), packages);
  }

  /** A plain tar archive of files by path. */
  static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The names in a directory, without the lock file. */
  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.equals(".lock"))
          .sorted()
          .toList();
    }
  }
}
