package condgen.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server calls the version of the file whose beginning is in a part file: its strong {@code
 * ETag}, or else the time of its last change. It is kept beside the part file when no hash is
 * published, and sent as {@code If-Range} when the download goes on, so that the halves of two
 * versions never become one file.
 */
final class PartTag {
  private static final int LONGEST = 500;

  private final Path file;

  PartTag(Path part) {
    this.file = part.resolveSibling(PartFile.label(part) + ".tag.part");
  }

  /** Remembers the tag of an answer, or that it has none. */
  void keep(HttpHeaders headers) throws StorageException {
    Optional<String> tag =
        headers
            .firstValue("ETag")
            .filter(PartTag::isStrong)
            .or(() -> headers.firstValue("Last-Modified").filter(PartTag::isTime));
    try {
      if (tag.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, tag.get(), StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new StorageException("cannot write " + file + ": " + e, e);
    }
  }

  /** The tag that was remembered. */
  Optional<String> read() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
        .filter(text -> isStrong(text) || isTime(text));
  }

  /** Forgets it: the download is complete or given up. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean isStrong(String tag) {
    return tag.length() <= LONGEST && tag.matches("\"[\\x21\\x23-\\x7e]*\"");
  }

  private static boolean isTime(String text) {
    return text.matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
  }
}
