package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Redirects without end, a process that is killed in the middle, a disk that is full. */
class HostileServerTest {
  private static final byte[] CONTENT = Samples.bytes(400_000, 11);
  private static final HttpDownload.Patience PATIENCE =
      new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);

  @TempDir Path root;
  private LoopbackServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static HttpDownload http() {
    return new HttpDownload(PATIENCE, d -> Long.MAX_VALUE, FetchListener.SILENT);
  }

  private static LoopbackServer.Answer redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", to);
      LoopbackServer.send(exchange, 302, new byte[0]);
    };
  }

  @Test
  void redirectLoop_endsAndIsARefusal() throws Exception {
    URI url = server.serve("/a", redirect("/b"));
    server.serve("/b", redirect("/a"));
    Path part = root.resolve("file.part");
    String message =
        assertThrows(FetchException.class, () -> http().fetch(url, part, Fingerprint.UNKNOWN))
            .getMessage();
    assertTrue(message.contains("the redirects go round in a circle"), message);
    assertTrue(server.requests.size() < 20, server.requests.toString());
    assertFalse(Files.exists(part));
  }

  @Test
  void redirectLoopAtTheFirstMirror_theSecondServes() throws Exception {
    URI loop = server.serve("/numbers", redirect("/numbers"));
    URI good = server.serve("/good", LoopbackServer.file(Samples.gzip(CONTENT)));
    FreeSpace space = d -> Long.MAX_VALUE;
    MirrorSource web = new MirrorSource(http(), FetchListener.SILENT);
    DataSet set = Samples.zippedSet(CONTENT, loop, good);
    new Fetcher(DataCache.at(root), List.of(web), space, FetchListener.SILENT).fetch(set);
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full, which is always full")
  void fullDisk_isTheDisksTroubleAndNotTheMirrors() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(CONTENT));
    Path part = Files.createSymbolicLink(root.resolve("file.part"), Path.of("/dev/full"));
    String message =
        assertThrows(StorageException.class, () -> http().fetch(url, part, Fingerprint.UNKNOWN))
            .getMessage();
    assertTrue(message.contains("No space left on device"), message);
    assertEquals(List.of("/a"), server.requests, "another mirror would not help");
    Files.delete(part);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full, which is always full")
  void fullDiskWhileUnpacking_keepsTheDownloadAndTheNextFetchAsksNobody() throws Exception {
    byte[] zipped = Samples.gzip(CONTENT);
    URI url = server.serve("/a", LoopbackServer.file(zipped));
    Path directory = Files.createDirectories(root.resolve("set"));
    Path part = Files.createSymbolicLink(directory.resolve("numbers.part"), Path.of("/dev/full"));
    MirrorSource web = new MirrorSource(http(), FetchListener.SILENT);
    DataSet set = Samples.zippedSet(CONTENT, url);
    Fetcher fetcher =
        new Fetcher(
            DataCache.at(root), List.of(web), d -> Long.MAX_VALUE, FetchListener.SILENT, false);
    String message = assertThrows(StorageException.class, () -> fetcher.fetch(set)).getMessage();
    assertTrue(message.contains("No space left on device"), message);
    Files.delete(part);
    assertEquals(List.of("numbers.gz.part"), Samples.names(directory));
    assertArrayEquals(zipped, Files.readAllBytes(directory.resolve("numbers.gz.part")));
    fetcher.fetch(set);
    assertArrayEquals(CONTENT, Files.readAllBytes(directory.resolve("numbers")));
    assertEquals(List.of("/a"), server.requests);
    assertEquals(List.of("numbers"), Samples.names(directory));
  }

  /** The user's own manifest entry, so that a process of its own fetches from here. */
  private void writeEntry(URI url) throws IOException {
    Fingerprint content = Samples.fingerprint(CONTENT);
    Files.writeString(
        Files.createDirectories(root.resolve("manifest")).resolve("mine.json"),
        String.format(
            """
            {"id": "mine", "title": "Numbers", "gate": "none", "licence": "CC0", "terms": "",
             "citation": "", "files": [{"name": "numbers",
               "content": {"bytes": %d, "sha256": "%s"},
               "download": {"name": "numbers", "content": {"bytes": %d}, "urls": ["%s"]}}]}
            """,
            content.bytes(), content.sha256(), content.bytes(), url));
  }

  private Process fetch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FetchCommand.class.getName(),
            "mine");
    builder.environment().put("CONDGEN_DATA", root.toString());
    File log = root.resolve("log").toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  @Test
  void killedProcess_isContinuedByTheNext() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    LoopbackServer.Answer whole = LoopbackServer.file(CONTENT);
    URI url =
        server.serve(
            "/numbers",
            exchange -> {
              if (exchange.getRequestHeaders().getFirst("Range") != null) {
                whole.to(exchange);
                return;
              }
              exchange.sendResponseHeaders(200, CONTENT.length);
              exchange.getResponseBody().write(CONTENT, 0, 200_000);
              exchange.getResponseBody().flush();
              half.countDown();
              try {
                killed.await(60, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    writeEntry(url);
    Process first = fetch();
    assertTrue(half.await(60, TimeUnit.SECONDS));
    Path part = root.resolve("mine").resolve("numbers.part");
    for (int i = 0; i < 600 && (!Files.exists(part) || Files.size(part) < 150_000); i++) {
      Thread.sleep(20);
    }
    first.destroyForcibly().waitFor();
    killed.countDown();
    long kept = Files.size(part);
    assertTrue(kept >= 150_000 && kept <= 200_000, "kept " + kept);
    assertFalse(Files.exists(root.resolve("mine").resolve("numbers")));
    Process second = fetch();
    assertTrue(second.waitFor(60, TimeUnit.SECONDS));
    String log = Files.readString(root.resolve("log"), StandardCharsets.UTF_8);
    assertEquals(0, second.exitValue(), log);
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("mine").resolve("numbers")));
    assertEquals(List.of("/numbers", "/numbers bytes=" + kept + "-"), server.requests);
    assertEquals(List.of("numbers"), Samples.names(root.resolve("mine")));
  }
}
