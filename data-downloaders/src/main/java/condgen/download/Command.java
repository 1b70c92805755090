package condgen.download;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds programs on the search path and runs them in a directory. */
final class Command {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Map<String, String> environment;

  /**
   * @param environment the variables of the program; its {@code PATH} is searched
   */
  Command(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The file of a program on the search path. */
  Optional<Path> find(String program) {
    for (String entry : searchPath().split(File.pathSeparator)) {
      for (String suffix : File.separatorChar == '\\' ? List.of(".cmd", ".exe") : List.of("")) {
        Path file = Path.of(entry.isEmpty() ? "." : entry, program + suffix).toAbsolutePath();
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a program to its end.
   *
   * @param directory where it runs and where its messages are kept
   * @param output the file that takes its standard output; null when that is only messages
   * @throws FetchException with the last of its messages when it fails
   */
  void run(Path directory, Path output, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(
        find(program)
            .orElseThrow(() -> new FetchException(program + " is not on the PATH"))
            .toString());
    words.addAll(List.of(arguments));
    Path messages = directory.resolve("messages.txt");
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().keySet().retainAll(environment.keySet());
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.PIPE).redirectError(messages.toFile());
    if (output == null) {
      builder.redirectErrorStream(true).redirectOutput(messages.toFile());
    } else {
      builder.redirectOutput(output.toFile());
    }
    String line = program + " " + String.join(" ", arguments);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new FetchException("'" + line + "' did not end within " + LIMIT.toMinutes() + " min");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new FetchException(
          "'" + line + "' failed (exit code " + process.exitValue() + "): " + lastWords(messages));
    }
  }

  private static String lastWords(Path messages) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(messages), Charset.defaultCharset())
            .lines()
            .filter(l -> !l.isBlank())
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
  }

  private String searchPath() {
    return environment.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase("PATH"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
