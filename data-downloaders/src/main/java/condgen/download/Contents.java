package condgen.download;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The SHA-256 of every file of an unpacked archive, in the format of {@code sha256sum}, in a file
 * in the directory. It was written when the archive had been found right, so it tells whether the
 * files are still what they were.
 */
final class Contents {
  static final String NAME = ".contents.sha256";

  private Contents() {}

  /** Writes the list. */
  static void write(Path tree, Map<String, String> hashes) throws IOException {
    Files.writeString(
        tree.resolve(NAME),
        hashes.entrySet().stream()
            .map(e -> e.getValue() + "  " + e.getKey() + "\n")
            .collect(Collectors.joining()));
  }

  /** The first file that is missing or changed, or empty. */
  static Optional<String> differenceFrom(Path tree) throws IOException {
    Path list = tree.resolve(NAME);
    if (!Files.isRegularFile(list)) {
      return Optional.of("its list " + NAME + " is missing");
    }
    for (Map.Entry<String, String> entry : read(list).entrySet()) {
      Path file = tree.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        return Optional.of(entry.getKey() + " is missing");
      }
      String found = Fingerprint.sha256(file);
      if (!found.equals(entry.getValue())) {
        return Optional.of(
            entry.getKey() + ": expected SHA-256 " + entry.getValue() + ", found " + found);
      }
    }
    return Optional.empty();
  }

  /** Hashes by name out of a file in the format of {@code sha256sum}. */
  static Map<String, String> read(Path list) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (String line : lines(list)) {
      if (!line.matches("[0-9a-f]{64}  [^\\x00-\\x1f]+")) {
        throw new FetchException(list + ": expected 'SHA-256  NAME', found '" + line + "'");
      }
      all.put(line.substring(66), line.substring(0, 64));
    }
    return all;
  }

  private static List<String> lines(Path list) throws IOException {
    try {
      return Files.readAllLines(list);
    } catch (CharacterCodingException e) {
      throw new FetchException(list + " is damaged: it is no text", e);
    }
  }
}
