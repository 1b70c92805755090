package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
  @TempDir private Path jupyter;
  @TempDir private Path jars;

  @BeforeEach
  void jar() throws IOException {
    Files.createFile(jars.resolve("toolkit.jar"));
  }

  private final StringWriter said = new StringWriter();

  private int install(String... more) {
    return Install.command()
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(
            Stream.concat(
                    Stream.of("--jupyter-dir", jupyter.toString(), "--toolkit", jars.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private Path kernels() {
    return jupyter.resolve("kernels");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(kernels())) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void install_writesWhatJupyterNeeds() throws IOException {
    install("--memory", "3g", "--jvm-opt=-Dx=y");
    JsonObject json =
        JsonParser.parseString(Files.readString(kernels().resolve("java/kernel.json")))
            .getAsJsonObject();
    assertEquals("Java", json.get("display_name").getAsString());
    assertEquals("java", json.get("language").getAsString());
    assertEquals("message", json.get("interrupt_mode").getAsString());
    List<String> argv =
        json.getAsJsonArray("argv").asList().stream().map(e -> e.getAsString()).toList();
    assertTrue(Files.isExecutable(Path.of(argv.get(0))), argv.toString());
    assertTrue(argv.containsAll(List.of("-Xmx3g", "-Dx=y", "-Djava.awt.headless=true")));
    assertTrue(argv.contains("-Dcondgen.toolkit=" + jars));
    assertEquals("condgen.kernel.Launcher", argv.get(argv.size() - 2));
    assertEquals("{connection_file}", argv.get(argv.size() - 1));
    assertEquals(List.of("java"), names());
  }

  @Test
  void install_twice_replacesItsOwn() throws IOException {
    install("--memory", "3g");
    install("--memory", "5g");
    assertEquals(List.of("java"), names());
    assertTrue(Files.readString(kernels().resolve("java/kernel.json")).contains("-Xmx5g"));
  }

  @Test
  void install_foreignKernel_isKeptUnderAnotherName() throws IOException {
    Path foreign = Files.createDirectories(kernels().resolve("java"));
    Files.writeString(foreign.resolve("kernel.json"), "{\"argv\": [\"other\"]}");
    Files.writeString(foreign.resolve("other.jar"), "content");
    install();
    assertEquals(2, names().size());
    String kept = names().get(1);
    assertTrue(kept.startsWith("java-before-condgen-"), kept);
    assertEquals("content", Files.readString(kernels().resolve(kept).resolve("other.jar")));
    assertTrue(KernelSpec.read(kernels().resolve("java")).own());
    assertTrue(said.toString().contains("it is kept as \"" + kept + "\""), said.toString());
  }

  @Test
  void install_badMemory_changesNothing() {
    assertEquals(2, install("--memory", "much"));
    assertFalse(Files.exists(kernels()));
    assertTrue(said.toString().contains("expected a size such as 2g, got much"), said.toString());
  }

  @Test
  void show_tellsOwnFromForeignFromNone() throws IOException {
    assertEquals(1, install("--show"));
    Path foreign = Files.createDirectories(kernels().resolve("java"));
    Files.writeString(foreign.resolve("kernel.json"), "not JSON");
    assertEquals(1, install("--show"));
    assertTrue(said.toString().contains("kernel: none"), said.toString());
    assertTrue(said.toString().contains("kernel: foreign"), said.toString());
    assertEquals("not JSON", Files.readString(foreign.resolve("kernel.json")));
  }

  @Test
  void javaCommand_isTheOneThatIsThere(@TempDir Path bin) throws IOException {
    Files.createFile(bin.resolve("java"));
    assertEquals(bin.resolve("java"), Install.javaCommand(bin));
    Files.delete(bin.resolve("java"));
    Files.createFile(bin.resolve("java.exe"));
    assertEquals(bin.resolve("java.exe"), Install.javaCommand(bin));
  }

  @Test
  void faults_nameWhatIsNotThere() {
    KernelSpec spec =
        KernelSpec.of(Path.of("/no/java"), jars, jupyter.resolve("none"), null, List.of());
    assertEquals(2, spec.faults().size());
    assertTrue(spec.faults().get(0).contains("/no/java"));
    assertTrue(spec.faults().get(1).contains("none"));
  }
}
