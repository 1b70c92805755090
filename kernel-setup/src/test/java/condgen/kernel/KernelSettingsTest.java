package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSettingsTest {
  @TempDir private Path directory;

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @Test
  void from_toolkitAndGlobs_givesJarsOnce() throws IOException {
    Path a = file("toolkit/a.jar");
    Path b = file("toolkit/b.jar");
    file("toolkit/notes.txt");
    Path c = file("more/c.jar");
    String globs = directory + "/toolkit/*.jar" + File.pathSeparator + directory + "/more/*";
    KernelSettings settings =
        KernelSettings.from(
            directory.resolve("toolkit").toString(), Map.of("IJAVA_CLASSPATH", globs));
    assertEquals(List.of(a, b, c), settings.classPath());
  }

  @Test
  void from_missingToolkit_namesIt() {
    IOException e =
        assertThrows(
            IOException.class,
            () -> KernelSettings.from(directory.resolve("none").toString(), Map.of()));
    assertTrue(e.getMessage().contains("condgen.toolkit"), e.getMessage());
    assertTrue(e.getMessage().contains("none"), e.getMessage());
  }

  @Test
  void from_variablesOfIjava_areRead() throws IOException {
    Path script = file("start.jsh");
    KernelSettings settings =
        KernelSettings.from(
            null,
            Map.of(
                "IJAVA_COMPILER_OPTS", "-Xlint:none -parameters",
                "IJAVA_STARTUP_SCRIPTS_PATH", directory + "/*.jsh",
                "IJAVA_STARTUP_SCRIPT", "int a = 1;",
                "IJAVA_TIMEOUT", "2 SECONDS"));
    assertEquals(List.of("-Xlint:none", "-parameters"), settings.compilerOptions());
    assertEquals(List.of(script), settings.startupScripts());
    assertEquals("int a = 1;", settings.startupScript());
    assertEquals(Optional.of(Duration.ofSeconds(2)), settings.timeout());
  }

  @Test
  void timeout_unitsAndNonsense() {
    assertEquals(Optional.of(Duration.ofMillis(2000)), KernelSettings.timeout("2000"));
    assertEquals(Optional.of(Duration.ofMinutes(1)), KernelSettings.timeout("1 minutes"));
    assertEquals(Optional.empty(), KernelSettings.timeout("-1"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> KernelSettings.timeout("soon"));
    assertTrue(e.getMessage().contains("\"soon\""), e.getMessage());
  }

  @Test
  void startupScript_isEvaluatedBeforeTheFirstCell() throws Exception {
    Files.writeString(directory.resolve("start.jsh"), "int fromFile = 1;");
    try (TestCells cells =
        new TestCells(
            KernelSettings.from(
                null,
                Map.of(
                    "IJAVA_STARTUP_SCRIPTS_PATH",
                    directory + "/*.jsh",
                    "IJAVA_STARTUP_SCRIPT",
                    "int fromText = fromFile + 1;")))) {
      assertEquals("2", cells.run("fromText"));
    }
  }
}
