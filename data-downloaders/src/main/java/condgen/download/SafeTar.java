package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

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
   * @throws FetchException when the archive is damaged, when a path escapes, when a wanted entry is
   *     no ordinary file, or when one is missing
   */
  static void extract(Path archive, Set<String> wanted, Path into) throws IOException {
    Set<String> left = new LinkedHashSet<>(wanted);
    EntryPath paths = new EntryPath(archive.getFileName().toString());
    ArchiveFormat.TAR.each(
        archive,
        (name, ordinary, bytes, content) -> {
          String path = paths.relative(name);
          if (!wanted.contains(path)) {
            return;
          }
          if (!ordinary) {
            throw new FetchException(
                archive.getFileName() + ": entry '" + path + "' is a link or device, not a file");
          }
          Path target = into.resolve(path);
          Files.createDirectories(target.getParent());
          Copy.bounded(content, target, bytes);
          left.remove(path);
        });
    if (!left.isEmpty()) {
      throw new FetchException(archive.getFileName() + " does not contain " + left);
    }
  }
}
