package condgen.download;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths of the entries of one archive, none of which may leave the directory or meet another.
 */
final class EntryPath {
  /** More files than any data set that is taken apart has. */
  static final int MOST_FILES = 200_000;

  private static final String DIRECTORY = "/";

  private final String archive;
  private final Map<String, String> seen = new HashMap<>();
  private int files;

  /**
   * @param archive the name of the archive, for messages
   */
  EntryPath(String archive) {
    this.archive = archive;
  }

  /**
   * A path with single slashes, without steps ".".
   *
   * @throws FetchException when it is absolute, climbs, is empty or holds a control character
   */
  String relative(String name) throws FetchException {
    String path = name.replace('\\', '/');
    boolean escapes = path.startsWith("/") || path.matches("[A-Za-z]:.*");
    for (String step : path.split("/")) {
      escapes |= step.equals("..");
    }
    if (escapes) {
      throw new FetchException(
          archive + " is refused: entry '" + name + "' would leave the directory");
    }
    if (path.chars().anyMatch(c -> c < ' ')) {
      throw new FetchException(archive + " is refused: an entry's name has control characters");
    }
    return Stream.of(path.split("/"))
        .filter(step -> !step.isEmpty() && !step.equals("."))
        .collect(Collectors.joining("/"));
  }

  /**
   * The same, for a file that is going to be written.
   *
   * @throws FetchException also when it cannot lie beside the entries before, on whatever file
   *     system: the same path but for upper and lower case or the form of its accents, or a file
   *     where another entry needs a directory; and when the entries are too many
   */
  String once(String name) throws FetchException {
    String path = relative(name);
    if (path.isEmpty() || name.endsWith("/") || name.endsWith("/.") || hidesTheList(path)) {
      throw new FetchException(archive + " is refused: a file has the name '" + name + "'");
    }
    if (++files > MOST_FILES) {
      throw new FetchException(
          String.format("%s is refused: it has more than %,d files", archive, MOST_FILES));
    }
    String key = key(path);
    String before = seen.put(key, path);
    for (int end = key.lastIndexOf('/'); before == null && end > 0; ) {
      String taken = seen.putIfAbsent(key.substring(0, end), DIRECTORY);
      before = taken == null || taken.equals(DIRECTORY) ? null : taken;
      end = taken == null ? key.lastIndexOf('/', end - 1) : -1;
    }
    if (before != null) {
      String other = before.equals(DIRECTORY) ? "the directory " + path : before;
      throw new FetchException(
          archive + " is refused: entries '" + other + "' and '" + path + "' have one path");
    }
    return path;
  }

  /** What paths have in common that some file system takes for one. */
  private static String key(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static boolean hidesTheList(String path) {
    return path.equalsIgnoreCase(Contents.NAME);
  }
}
