package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script on machines that lack something: a copy of it with a search path of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class FetchScriptTest {
  private static final List<String> TOOLS =
      List.of("cat", "dirname", "find", "head", "mkdir", "mv", "readlink", "sed", "touch");

  @TempDir Path directory;
  private Path script;
  private Path programs;
  private String output;

  @BeforeEach
  void copyScript() throws IOException {
    Path module = Files.createDirectories(directory.resolve("project/data-downloaders"));
    script =
        Files.copy(Path.of("fetch"), module.resolve("fetch"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(module.resolve("src/main"));
    Files.write(module.resolve("pom.xml"), new byte[0]);
    Files.write(directory.resolve("project/pom.xml"), new byte[0]);
    programs = Files.createDirectories(directory.resolve("bin"));
    Command system = new Command(System.getenv());
    for (String tool : TOOLS) {
      program(tool, "exec " + system.find(tool).orElseThrow() + " \"$@\"");
    }
  }

  private int run(Map<String, String> more) throws Exception {
    Path log = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            new Command(System.getenv()).find("bash").orElseThrow().toString(),
            script.toString(),
            "list");
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().putAll(more);
    int code = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    output = Files.readString(log, StandardCharsets.UTF_8);
    return code;
  }

  private void jdk(String version) throws IOException {
    java(version);
    program("javac", "exit 9");
  }

  /** A java that only tells a version, or repeats its last argument. */
  private void java(String version) throws IOException {
    program(
        "java",
        "case $1 in -XshowSettings*) echo '    java.specification.version = "
            + version
            + "' >&2;; *) echo \"ran $*\";; esac");
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void fetch_noJava_saysWhatToInstall() throws Exception {
    assertEquals(1, run(Map.of()));
    assertTrue(output.startsWith("fetch: Java is missing. Install a JDK 17 or newer"), output);
  }

  @Test
  void fetch_javaHomeWithoutJava_namesIt() throws Exception {
    assertEquals(1, run(Map.of("JAVA_HOME", "/no/such")));
    assertTrue(output.startsWith("fetch: JAVA_HOME is '/no/such'"), output);
  }

  @Test
  void fetch_oldJava_saysWhichVersionItFound() throws Exception {
    for (String version : List.of("1.8", "11", "16")) {
      java(version);
      assertEquals(1, run(Map.of()));
      assertTrue(output.contains("JDK 17 or newer is needed"), output);
      assertTrue(output.contains("is version " + version), output);
    }
  }

  @Test
  void fetch_javaWithoutCompiler_asksForAJdk() throws Exception {
    java("17");
    assertEquals(1, run(Map.of()));
    assertTrue(output.contains("comes without javac"), output);
  }

  @Test
  void fetch_noMaven_saysSo() throws Exception {
    jdk("17");
    assertEquals(1, run(Map.of()));
    assertTrue(output.contains("fetch: Maven is missing."), output);
  }

  @Test
  void fetch_buildFails_showsItsOutput() throws Exception {
    jdk("21");
    program("mvn", "echo no network; exit 1");
    assertEquals(1, run(Map.of()));
    assertTrue(output.contains("no network") && output.contains("the build failed"), output);
  }

  @Test
  void fetch_staleThenFresh_buildsOnce() throws Exception {
    jdk("25");
    Path target = script.resolveSibling("target");
    program(
        "mvn",
        "mkdir -p '"
            + target
            + "/classes' '"
            + target
            + "/lib'; echo built >> '"
            + directory
            + "/builds'");
    for (int i = 0; i < 2; i++) {
      assertEquals(0, run(Map.of()), output);
      assertTrue(output.contains("condgen.download.FetchCommand list"), output);
    }
    assertEquals(List.of("built"), Files.readAllLines(directory.resolve("builds")));
    Files.write(script.resolveSibling("src").resolve("main").resolve("New.java"), new byte[0]);
    assertEquals(0, run(Map.of()), output);
    assertEquals(2, Files.readAllLines(directory.resolve("builds")).size());
  }

  @Test
  void scriptsOfTheCommands_passTheirNameAndArguments() throws Exception {
    jdk("17");
    Path target = Files.createDirectories(script.resolveSibling("target"));
    program("mvn", "mkdir -p '" + target + "/classes' '" + target + "/lib'");
    Path bash = new Command(System.getenv()).find("bash").orElseThrow();
    program("bash", "exec " + bash + " \"$@\"");
    for (String name : List.of("list", "verify", "where", "doctor")) {
      script =
          Files.copy(
              Path.of(name), script.resolveSibling(name), StandardCopyOption.COPY_ATTRIBUTES);
      assertEquals(0, run(Map.of()), output);
      assertTrue(
          output.strip().endsWith("condgen.download.FetchCommand " + name + " list"), output);
      String windows = Files.readString(Path.of(name + ".cmd"), StandardCharsets.UTF_8);
      assertTrue(windows.contains("fetch.cmd\" " + name + " %*"), windows);
    }
  }
}
