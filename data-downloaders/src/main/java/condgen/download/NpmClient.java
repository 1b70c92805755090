package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code npm pack}: fetches a package of the npm registry as a gzipped tar. */
final class NpmClient implements PackageClient {
  private final Command command;

  NpmClient(Command command) {
    this.command = command;
  }

  @Override
  public String name() {
    return "npm";
  }

  @Override
  public Optional<String> missing() {
    return command.find("npm").isPresent()
        ? Optional.empty()
        : Optional.of("npm (it comes with Node.js)");
  }

  @Override
  public Path download(PackageEntry entry, Path into) throws IOException, InterruptedException {
    String spec = entry.name() + "@" + entry.version();
    command.run(into, null, "npm", "pack", spec, "--ignore-scripts", "--loglevel=error");
    return onlyFile(into, ".tgz", "npm pack " + spec);
  }

  /** The one file with this ending that a client left in a directory. */
  static Path onlyFile(Path directory, String ending, String who) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().toList();
      if (found.size() != 1) {
        throw new FetchException(
            "'" + who + "' should leave one " + ending + " file, but left " + found.size());
      }
      return found.get(0);
    }
  }
}
