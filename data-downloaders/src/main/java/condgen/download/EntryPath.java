package condgen.download;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The paths of the entries of one archive, none of which may leave the directory or meet another.
 */
final class EntryPath {
  private final String archive;
  private final Map<String, String> seen = new HashMap<>();

  /**
   * @param archive the name of the archive, for messages
   */
  EntryPath(String archive) {
    this.archive = archive;
  }

  /**
   * A path with slashes, without a leading "./".
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
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path;
  }

  /**
   * The same, for a file that is going to be written.
   *
   * @throws FetchException also when an entry before has the same path, but for upper and lower
   *     case
   */
  String once(String name) throws FetchException {
    String path = relative(name);
    if (path.isEmpty() || path.endsWith("/")) {
      throw new FetchException(archive + " is refused: a file has the name '" + name + "'");
    }
    String before = seen.put(path.toLowerCase(Locale.ROOT), path);
    if (before != null) {
      throw new FetchException(
          archive + " is refused: entries '" + before + "' and '" + path + "' have one path");
    }
    return path;
  }
}
