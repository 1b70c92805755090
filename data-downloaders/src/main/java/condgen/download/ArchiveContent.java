package condgen.download;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of the files inside an archive.
 *
 * @param format the kind of the archive
 * @param directory the name of the directory that its content becomes, after which the archive is
 *     not kept; null when readers read the archive itself, which is then never unpacked
 * @param bytes length of all files together; null when not known
 * @param counts how many files match each glob over their paths, for instance {@code train/*.png}:
 *     100; what the archive must hold
 */
public record ArchiveContent(
    ArchiveFormat format, String directory, Long bytes, Map<String, Integer> counts) {

  /** Fills in what a manifest may leave out. */
  public ArchiveContent {
    counts = counts == null ? Map.of() : new TreeMap<>(counts);
  }

  /** Whether the archive is taken apart. */
  public boolean isUnpacked() {
    return directory != null;
  }

  /** The first count that an archive does not have, or empty. */
  Optional<String> differenceFromArchive(Path archive) throws IOException {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    EntryPath paths = new EntryPath(archive.getFileName().toString());
    Tally tally = new Tally(counts);
    format.each(archive, (name, ordinary, length, content) -> tally.add(paths.relative(name)));
    return tally.difference();
  }

  /** The first count that a directory does not have, or empty. */
  Optional<String> differenceFromDirectory(Path tree) throws IOException {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    Tally tally = new Tally(counts);
    try (Stream<Path> all = Files.walk(tree)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> tally.add(tree.relativize(file).toString().replace('\\', '/')));
    }
    return tally.difference();
  }

  /** Counts paths as they come, so that a million of them take no memory. */
  private static final class Tally {
    private final Map<String, Integer> expected;
    private final Map<String, PathMatcher> globs = new TreeMap<>();
    private final Map<String, Integer> found = new TreeMap<>();

    Tally(Map<String, Integer> expected) {
      this.expected = expected;
      expected
          .keySet()
          .forEach(
              glob -> globs.put(glob, FileSystems.getDefault().getPathMatcher("glob:" + glob)));
    }

    void add(String name) {
      Path path = Path.of(name);
      globs.forEach(
          (glob, matcher) -> {
            if (matcher.matches(path)) {
              found.merge(glob, 1, Integer::sum);
            }
          });
    }

    Optional<String> difference() {
      for (Map.Entry<String, Integer> count : expected.entrySet()) {
        int counted = found.getOrDefault(count.getKey(), 0);
        if (counted != count.getValue()) {
          return Optional.of(
              String.format(
                  "expected %,d files %s, found %,d", count.getValue(), count.getKey(), counted));
        }
      }
      return Optional.empty();
    }
  }
}
