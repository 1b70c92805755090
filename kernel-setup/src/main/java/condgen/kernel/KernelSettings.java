package condgen.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel is started with.
 *
 * @param classPath what cells can use beside the class path of the process
 * @param compilerOptions further options of the Java compiler
 * @param startupScripts files evaluated before the first cell
 * @param startupScript code evaluated before the first cell, after the files
 * @param timeout how long a cell may take
 */
record KernelSettings(
    List<Path> classPath,
    List<String> compilerOptions,
    List<Path> startupScripts,
    String startupScript,
    Optional<Duration> timeout) {

  /** Settings by the variables that IJava reads, and the directory {@code toolkit} of jars. */
  static KernelSettings from(String toolkit, Map<String, String> environment) throws IOException {
    List<Path> scripts = new java.util.ArrayList<>();
    for (String glob : ClassPaths.list(environment.get("IJAVA_STARTUP_SCRIPTS_PATH"))) {
      scripts.addAll(ClassPaths.matches(glob));
    }
    return new KernelSettings(
        ClassPaths.ofCells(toolkit, environment),
        MagicSource.words(environment.getOrDefault("IJAVA_COMPILER_OPTS", "")),
        scripts,
        environment.getOrDefault("IJAVA_STARTUP_SCRIPT", ""),
        timeout(environment.get("IJAVA_TIMEOUT")));
  }

  /** Such as {@code 2 SECONDS}, or {@code 2000}, which is milliseconds; negative is no limit. */
  static Optional<Duration> timeout(String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String[] parts = text.strip().split("\\s+");
    try {
      long amount = Long.parseLong(parts[0]);
      String unit = parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "MILLISECONDS";
      ChronoUnit chrono =
          ChronoUnit.valueOf(
              unit.replace("MILLISECONDS", "MILLIS").replace("MICROSECONDS", "MICROS"));
      return amount <= 0 ? Optional.empty() : Optional.of(Duration.of(amount, chrono));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "IJAVA_TIMEOUT: expected a number and a unit such as \"2 SECONDS\", got \"" + text + "\"",
          e);
    }
  }
}
