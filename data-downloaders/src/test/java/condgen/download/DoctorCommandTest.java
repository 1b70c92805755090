package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
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
  void doctor_findsLeftoversAndDamagedEntries() throws Exception {
    assertEquals(0, run("doctor", "--dir", directory.toString()));
    assertTrue(out.strip().endsWith("nothing to mend"), out);
    Files.write(
        Files.createDirectories(directory.resolve("svhn")).resolve("a.mat.part"), new byte[1]);
    Files.write(directory.resolve("svhn").resolve("stray"), new byte[1]);
    Files.writeString(
        Files.createDirectories(directory.resolve("manifest")).resolve("mine.json"), "{\"id\": 3");
    assertEquals(1, run("doctor", "--dir", directory.toString()));
    assertTrue(out.contains("a.mat.part is a download that was interrupted"), out);
    assertTrue(out.contains("stray belongs to no file of svhn"), out);
    assertTrue(out.contains("MEND  " + directory.resolve("manifest").resolve("mine.json")), out);
  }

  @Test
  void doctor_cacheCannotBeWritten_saysWhatToDo() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    assertEquals(1, run("doctor", "--dir", file.resolve("cache").toString()));
    assertTrue(out.contains("MEND  the cache " + file.resolve("cache")), out);
    assertTrue(out.contains("set CONDGEN_DATA to another"), out);
  }

  @Test
  void doctor_tellsOfAFetchThatWorks() throws Exception {
    Path set = Files.createDirectories(directory.resolve("mnist"));
    try (DirectoryLock lock = DirectoryLock.acquire(set, FetchListener.SILENT)) {
      assertEquals(0, run("doctor", "--dir", directory.toString()));
      assertTrue(out.contains("a fetch works in " + set + " now"), out);
    }
    assertEquals(0, run("doctor", "--dir", directory.toString()));
    assertFalse(out.contains("works in"), out);
  }

  @Test
  void doctorWeb_asksTheAddressesOfAnOwnEntry() throws Exception {
    try (LoopbackServer server = new LoopbackServer()) {
      String good = server.serve("/good", LoopbackServer.file(new byte[7])).toString();
      String bad = server.serve("/bad", LoopbackServer.status(404)).toString();
      Path own = Files.createDirectories(directory.resolve("manifest")).resolve("mine.json");
      String entry =
          """
          {"id": "mine", "title": "T", "gate": "none", "licence": "CC0", "terms": "",
           "citation": "", "files": [{"name": "numbers", "content": {"bytes": 7},
           "download": {"name": "numbers", "urls": ["%s"]}}]}
          """;
      Files.writeString(own, String.format(entry, bad + "\", \"" + good));
      assertEquals(0, run("doctor", "--web", "mine", "--dir", directory.toString()), out);
      assertTrue(out.contains("/bad the server answered 404 (not there)"), out);
      assertTrue(out.contains("/good offers 7 bytes, as expected"), out);
      assertEquals(List.of("/bad bytes=0-0", "/good bytes=0-0"), server.requests);
      Files.writeString(own, String.format(entry, bad));
      assertEquals(1, run("doctor", "--web", "mine", "--dir", directory.toString()));
      assertTrue(out.contains("MEND  no address has mine/numbers"), out);
      assertEquals(2, run("doctor", "--web", "nothing", "--dir", directory.toString()));
    }
  }
}
