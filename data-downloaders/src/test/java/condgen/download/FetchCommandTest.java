package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {
  @TempDir Path directory;
  private final StringWriter err = new StringWriter();
  private String out = "";

  private int run(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      return FetchCommand.commandLine().setErr(new PrintWriter(err)).execute(args);
    } finally {
      System.setOut(before);
      out = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void fetch_unknownSet_isAUsageErrorThatListsTheKnown() {
    assertEquals(2, run("mnist", "nope", "--dir", directory.toString()));
    assertEquals(
        "fetch: unknown data set 'nope'; known are: mnist, fashion-mnist, cifar10, walking,"
            + " inception-fid, i3d-fvd, alexnet, lpips",
        err.toString().strip());
    assertEquals(
        0, directory.toFile().list().length, "nothing is fetched before all names are known");
  }

  @Test
  void fetch_noNameOrUnknownOption_isAUsageError() {
    assertEquals(2, run());
    assertTrue(err.toString().startsWith("name at least one data set"), err.toString());
    assertEquals(2, run("mnist", "--ofline"));
  }

  @Test
  void help_namesTheLayout() {
    assertEquals(0, run("--help"));
    assertTrue(out.contains("D/DATA-SET/FILE"), out);
  }

  @Test
  void list_emptyDirectory_showsTheSets() {
    assertEquals(0, run("list", "--dir", directory.toString()));
    assertTrue(out.contains("mnist          -          55.0 MB"), out);
    assertTrue(out.contains("cifar10        -         184.4 MB"), out);
    assertTrue(out.contains("inception-fid  -          95.6 MB"), out);
    assertTrue(out.matches("(?s).*alexnet        -  +\\?.*"), out);
  }

  @Test
  void verify_missingAndDamagedFiles_fails() throws Exception {
    assertEquals(0, run("verify", "--dir", directory.toString()));
    Path set = Files.createDirectories(directory.resolve("mnist"));
    Files.write(set.resolve("t10k-labels-idx1-ubyte"), new byte[10_008]);
    assertEquals(1, run("verify", "mnist", "--dir", directory.toString()));
    assertTrue(out.contains("mnist/train-images-idx3-ubyte: missing from"), out);
    assertTrue(
        out.strip().endsWith("not right: mnist; mend with: data-downloaders/fetch mnist"), out);
    assertTrue(
        out.contains("mnist/t10k-labels-idx1-ubyte: damaged: expected SHA-256 ff7bcfd4"), out);
  }

  @Test
  void fetch_directoryCannotBeCreated_failsWithItsName() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    assertEquals(1, run("mnist", "--offline", "--dir", file.toString()));
    assertTrue(err.toString().startsWith("fetch: cannot create the directory"), err.toString());
  }
}
