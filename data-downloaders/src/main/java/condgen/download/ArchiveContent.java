package condgen.download;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
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
 * @param some globs of which each must match at least one file, where no count is known: they tell
 *     an archive of another release with the same name
 */
public record ArchiveContent(
    ArchiveFormat format,
    String directory,
    Long bytes,
    Map<String, Integer> counts,
    List<String> some) {

  /** Fills in what a manifest may leave out. */
  public ArchiveContent {
    counts = counts == null ? Map.of() : new TreeMap<>(counts);
    some = some == null ? List.of() : List.copyOf(some);
  }

  /** An archive of which nothing but counts is known. */
  public ArchiveContent(
      ArchiveFormat format, String directory, Long bytes, Map<String, Integer> counts) {
    this(format, directory, bytes, counts, null);
  }

  /** The globs of all that is known. */
  List<String> globs() {
    return Stream.concat(counts.keySet().stream(), some.stream()).toList();
  }

  /** Whether the archive is taken apart. */
  public boolean isUnpacked() {
    return directory != null;
  }

  /** The first count that an archive does not have, or empty. */
  Optional<String> differenceFromArchive(Path archive) throws IOException {
    if (globs().isEmpty()) {
      return Optional.empty();
    }
    EntryPath paths = new EntryPath(archive.getFileName().toString());
    Tally tally = new Tally(globs());
    format.each(archive, (name, ordinary, length, content) -> tally.add(paths.relative(name)));
    return difference(tally);
  }

  /** The first count that a directory does not have, or empty. */
  Optional<String> differenceFromDirectory(Path tree) throws IOException {
    if (globs().isEmpty()) {
      return Optional.empty();
    }
    Tally tally = new Tally(globs());
    try (Stream<Path> all = Files.walk(tree)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> tally.add(tree.relativize(file).toString().replace('\\', '/')));
    }
    return difference(tally);
  }

  private Optional<String> difference(Tally tally) {
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      int found = tally.of(count.getKey());
      if (found != count.getValue()) {
        return Optional.of(
            String.format(
                "expected %,d files %s, found %,d", count.getValue(), count.getKey(), found));
      }
    }
    return some.stream()
        .filter(glob -> tally.of(glob) == 0)
        .findFirst()
        .map(glob -> "expected files " + glob + ", found none");
  }

  /** Counts paths as they come, so that a million of them take no memory. */
  private static final class Tally {
    private final Map<String, PathMatcher> matchers = new TreeMap<>();
    private final Map<String, Integer> found = new TreeMap<>();

    Tally(List<String> globs) {
      for (String glob : globs) {
        matchers.put(glob, FileSystems.getDefault().getPathMatcher("glob:" + glob));
      }
    }

    void add(String name) {
      Path path = Path.of(name);
      matchers.forEach(
          (glob, matcher) -> {
            if (matcher.matches(path)) {
              found.merge(glob, 1, Integer::sum);
            }
          });
    }

    int of(String glob) {
      return found.getOrDefault(glob, 0);
    }
  }
}
