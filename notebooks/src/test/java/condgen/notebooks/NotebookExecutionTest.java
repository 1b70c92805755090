package condgen.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.kernel.NotebookFile;
import condgen.kernel.RunNotebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Executes every notebook of this folder from top to bottom at the preset smoke, on the small data
 * of the toolkit's tests. The executed notebooks stay in {@code target/executed}.
 */
class NotebookExecutionTest {
  private static final Path HERE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path EXECUTED = HERE.resolve("target/executed");
  private static final long MINUTES = 10;

  /** Notebooks that must be here, and how many pictures each shows at least. */
  private static final Map<String, Integer> PICTURES =
      Map.of(
          "02-background.ipynb",
          8,
          "06-non-isotropic-diffusion.ipynb",
          8,
          "07-masked-video-diffusion.ipynb",
          8);

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(HERE)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void notebooks_thatMustBeHere_are() throws IOException {
    List<String> names = notebooks().stream().map(f -> f.getFileName().toString()).toList();
    for (String name : PICTURES.keySet()) {
      assertTrue(names.contains(name), name + " is not among " + names + " in " + HERE);
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void notebook_fromTopToBottom_runsWithoutError(Path notebook) throws Exception {
    String name = notebook.getFileName().toString();
    Path log = Files.createDirectories(EXECUTED).resolve(name.replace(".ipynb", ".log"));
    Files.deleteIfExists(EXECUTED.resolve(name));
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                RunNotebook.class.getName(),
                notebook.toString(),
                "--out",
                EXECUTED.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(run.waitFor(MINUTES, TimeUnit.MINUTES), name + " ran longer than expected");
    } finally {
      run.destroyForcibly();
    }
    assertEquals(0, run.exitValue(), () -> name + " failed:\n" + read(log));
    NotebookFile executed = NotebookFile.read(EXECUTED.resolve(name));
    assertEquals(List.of(), executed.errors());
    assertTrue(executed.withCode() > 0, name + " has no code");
    assertEquals(executed.withCode(), executed.executed());
    int pictures = PICTURES.getOrDefault(name, 1);
    assertTrue(
        executed.pictures() >= pictures,
        () -> name + " shows " + executed.pictures() + " pictures, expected " + pictures);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
