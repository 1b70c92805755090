package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Hashes recorded when a file without a published hash was first fetched, in the format of {@code
 * sha256sum}, in a file beside the data. They show later changes; they do not show that the first
 * download was genuine.
 */
final class FirstUse {
  static final String NAME = "first-use.sha256";

  private final Path directory;

  FirstUse(Path directory) {
    this.directory = directory;
  }

  /** The first difference between a file and what is recorded or published of it, or empty. */
  Optional<String> differenceFrom(DataFile file) throws IOException {
    if (file.becomesDirectory()) {
      Path tree = file.placeIn(directory);
      Optional<String> difference = file.archive().differenceFromDirectory(tree);
      return difference.isPresent() ? difference : Contents.differenceFrom(tree);
    }
    return differenceFrom(file, file.placeIn(directory));
  }

  /** The same for the file itself, which may be an archive. */
  Optional<String> differenceFrom(DataFile file, Path path) throws IOException {
    Optional<String> difference = file.differenceFrom(path);
    if (difference.isPresent() || file.content().hasHash()) {
      return difference;
    }
    return differenceFromRecord(file.name(), path);
  }

  /** The difference between the recorded hash of a name and some file, or empty. */
  Optional<String> differenceFromRecord(String name, Path path) throws IOException {
    String recorded = read().get(name);
    if (recorded == null) {
      return Optional.empty();
    }
    String found = Fingerprint.sha256(path);
    return recorded.equals(found)
        ? Optional.empty()
        : Optional.of("expected SHA-256 " + recorded + " of its first download, found " + found);
  }

  boolean knows(String name) throws IOException {
    return read().containsKey(name);
  }

  /** Records the hash of a file under a name. */
  void record(String name, Path path) throws IOException {
    Map<String, String> all = read();
    all.put(name, Fingerprint.sha256(path));
    Path part = directory.resolve(NAME + ".part");
    Files.writeString(
        part,
        all.entrySet().stream()
            .map(e -> e.getValue() + "  " + e.getKey() + "\n")
            .collect(Collectors.joining()));
    Files.move(
        part,
        directory.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, String> read() throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file) ? new TreeMap<>(Contents.read(file)) : new TreeMap<>();
  }
}
