package condgen.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Takes chosen files out of a tar archive, plain or gzipped. An archive with an entry that would
 * leave the directory is refused as a whole before anything of that entry is written; links and
 * device entries are never created, and choosing one is an error.
 */
final class SafeTar {
  private SafeTar() {}

  /**
   * Extracts files.
   *
   * @param archive the archive
   * @param wanted relative paths with slashes
   * @param into an existing directory; each file goes to its path below it
   * @throws FetchException when a path escapes, when a wanted entry is no ordinary file, or when
   *     one is missing
   */
  static void extract(Path archive, Set<String> wanted, Path into) throws IOException {
    Set<String> left = new LinkedHashSet<>(wanted);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
        InputStream plain = gunzipped(raw);
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = relative(archive, entry.getName());
        if (!wanted.contains(path)) {
          continue;
        }
        if (!entry.isFile()
            || entry.isSymbolicLink()
            || entry.isLink()
            || entry.isFIFO()
            || entry.isCharacterDevice()
            || entry.isBlockDevice()) {
          throw new FetchException(
              archive.getFileName() + ": entry '" + path + "' is a link or device, not a file");
        }
        Path target = into.resolve(path);
        Files.createDirectories(target.getParent());
        Copy.bounded(tar, target, entry.getSize());
        left.remove(path);
      }
    }
    if (!left.isEmpty()) {
      throw new FetchException(archive.getFileName() + " does not contain " + left);
    }
  }

  private static InputStream gunzipped(InputStream raw) throws IOException {
    raw.mark(2);
    int first = raw.read();
    int second = raw.read();
    raw.reset();
    return first == 0x1f && second == 0x8b ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  /** The name without a leading "./"; refuses what is absolute or climbs. */
  private static String relative(Path archive, String name) throws FetchException {
    String path = name.replace('\\', '/');
    boolean escapes = path.startsWith("/") || path.matches("[A-Za-z]:.*");
    for (String step : path.split("/")) {
      escapes |= step.equals("..");
    }
    if (escapes) {
      throw new FetchException(
          archive.getFileName() + " is refused: entry '" + name + "' would leave the directory");
    }
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path;
  }
}
