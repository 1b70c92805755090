package condgen.download;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
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
    List<String> names = new ArrayList<>();
    format.each(archive, (name, ordinary, length, content) -> names.add(paths.relative(name)));
    return differenceFrom(names);
  }

  /** The first count that a directory does not have, or empty. */
  Optional<String> differenceFromDirectory(Path tree) throws IOException {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(tree)) {
      return differenceFrom(
          all.filter(Files::isRegularFile)
              .map(file -> tree.relativize(file).toString().replace('\\', '/'))
              .toList());
    }
  }

  private Optional<String> differenceFrom(List<String> names) {
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + count.getKey());
      long found = names.stream().filter(name -> glob.matches(Path.of(name))).count();
      if (found != count.getValue()) {
        return Optional.of(
            String.format(
                "expected %,d files %s, found %,d", count.getValue(), count.getKey(), found));
      }
    }
    return Optional.empty();
  }
}
