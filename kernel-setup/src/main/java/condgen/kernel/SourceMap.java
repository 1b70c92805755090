package condgen.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for each JShell snippet which cell it came from and at which line it starts. */
final class SourceMap {
  /** A line of a cell; {@code line} counts from zero. */
  record Place(Origin origin, int line) {
    @Override
    public String toString() {
      return origin.place(line);
    }

    String source() {
      return origin.line(line);
    }
  }

  private final Map<String, Place> starts = new ConcurrentHashMap<>();

  /** Says that the snippet {@code id} starts at {@code start}. */
  void put(String id, Place start) {
    starts.put(id, start);
  }

  /**
   * The place of a frame that JShell has translated: its file is {@code #} and the snippet's id.
   */
  Optional<Place> find(StackTraceElement frame) {
    String file = frame.getFileName();
    if (file == null || !file.startsWith("#")) {
      return Optional.empty();
    }
    return Optional.ofNullable(starts.get(file.substring(1)))
        .map(start -> new Place(start.origin(), start.line() + frame.getLineNumber() - 1));
  }
}
