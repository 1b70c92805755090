package condgen.download;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the files that only a person can obtain, and says how. */
final class ByHand {
  private final DataSet set;
  private final Path directory;
  private final List<String> missing = new ArrayList<>();
  private final List<String> tried = new ArrayList<>();

  ByHand(DataSet set, Path directory) {
    this.set = set;
    this.directory = directory;
  }

  /** A file that no source has; {@code failures} says what was tried, one line each. */
  void add(DataFile file, List<String> failures) {
    missing.add(file.name());
    failures.stream().filter(line -> !tried.contains(line)).forEach(tried::add);
  }

  /**
   * @throws GateException with the steps, the names and the directory, when a file was added
   */
  void requireNothing() throws GateException {
    if (missing.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("could not fetch ").append(set.id());
    text.append(missing.size() == 1 ? "/" + missing.get(0) : "").append("; tried\n");
    text.append(String.join("\n", tried)).append("\nby hand:\n");
    int number = 1;
    for (String step : set.steps()) {
      text.append("  ").append(number++).append(". ").append(step).append('\n');
    }
    text.append("  ").append(number).append(". Put ").append(String.join(", ", missing));
    text.append(" into ").append(directory.resolve(DropSource.NAME));
    text.append(", or name the directory with --from, and run data-downloaders/fetch ");
    throw new GateException(text.append(set.id()).append(" again.").toString());
  }
}
