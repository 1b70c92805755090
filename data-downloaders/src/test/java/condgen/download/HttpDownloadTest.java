package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpDownloadTest {
  private static final byte[] CONTENT = Samples.bytes(300_000, 1);

  @TempDir Path directory;
  private LoopbackServer server;
  private Path part;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
    part = directory.resolve("file.part");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static HttpDownload http(int attempts, FreeSpace space) {
    return new HttpDownload(
        new HttpDownload.Patience(
            Duration.ofSeconds(10), Duration.ofMillis(400), attempts, Duration.ZERO),
        space,
        FetchListener.SILENT);
  }

  private void fetch(URI url, int attempts) throws IOException, InterruptedException {
    http(attempts, d -> Long.MAX_VALUE).fetch(url, part, Samples.fingerprint(CONTENT));
  }

  private String failure(URI url, int attempts) {
    return assertThrows(FetchException.class, () -> fetch(url, attempts)).getMessage();
  }

  @Test
  void fetch_nothingThere_receivesTheWholeFile() throws Exception {
    fetch(server.serve("/file", LoopbackServer.file(CONTENT)), 1);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals(List.of("/file"), server.requests);
  }

  @Test
  void fetch_partThere_asksForTheRestOnly() throws Exception {
    Files.write(part, Arrays.copyOf(CONTENT, 123_456));
    fetch(server.serve("/file", LoopbackServer.file(CONTENT)), 1);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals(List.of("/file bytes=123456-"), server.requests);
  }

  @Test
  void fetch_partIsComplete_asksNothing() throws Exception {
    Files.write(part, CONTENT);
    fetch(server.serve("/file", LoopbackServer.file(CONTENT)), 1);
    assertEquals(List.of(), server.requests);
  }

  @Test
  void fetch_serverIgnoresTheRange_startsAgain() throws Exception {
    Files.write(part, Samples.bytes(1000, 2));
    fetch(server.serve("/file", e -> LoopbackServer.send(e, 200, CONTENT)), 1);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
  }

  @Test
  void fetch_rangeOfAnotherTotal_startsAgain() throws Exception {
    Files.write(part, Samples.bytes(1000, 2));
    LoopbackServer.Answer whole = LoopbackServer.file(CONTENT);
    URI url =
        server.serve(
            "/file",
            e -> {
              if (e.getRequestHeaders().containsKey("Range")) {
                LoopbackServer.continueAt(e, CONTENT, 1000, CONTENT.length + 7);
              } else {
                whole.to(e);
              }
            });
    fetch(url, 2);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals(List.of("/file bytes=1000-", "/file"), server.requests);
  }

  @Test
  void fetch_rangeBeginsElsewhere_startsAgain() throws Exception {
    Files.write(part, Samples.bytes(1000, 2));
    LoopbackServer.Answer whole = LoopbackServer.file(CONTENT);
    URI url =
        server.serve(
            "/file",
            e -> {
              if (e.getRequestHeaders().containsKey("Range")) {
                LoopbackServer.continueAt(e, CONTENT, 500, CONTENT.length);
              } else {
                whole.to(e);
              }
            });
    fetch(url, 2);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
  }

  @Test
  void fetch_otherLengthOffered_saysBothLengths() {
    URI url = server.serve("/file", e -> LoopbackServer.send(e, 200, new byte[5]));
    assertTrue(failure(url, 1).endsWith("expected 300,000 bytes, the server offers 5"));
    assertFalse(Files.exists(part));
  }

  @Test
  void fetch_htmlContentType_isRefused() {
    URI url =
        server.serve(
            "/file",
            e -> {
              e.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
              LoopbackServer.send(e, 200, CONTENT);
            });
    assertTrue(failure(url, 1).contains("web page instead of the file"));
    assertFalse(Files.exists(part));
  }

  @Test
  void fetch_htmlWithoutLengthOrType_isRefused() throws Exception {
    byte[] page = "\n <!DOCTYPE HTML><title>Warning</title>".getBytes(StandardCharsets.UTF_8);
    URI url =
        server.serve(
            "/file",
            e -> {
              e.sendResponseHeaders(200, 0);
              e.getResponseBody().write(page);
              e.getResponseBody().close();
            });
    assertTrue(failure(url, 1).contains("web page instead of the file"));
    assertEquals(0, PartFile.length(part));
  }

  @Test
  void fetch_statusOfFailure_namesIt() {
    for (int status : new int[] {403, 404, 500, 503}) {
      URI url = server.serve("/s" + status, LoopbackServer.status(status));
      assertTrue(failure(url, 3).contains("the server answered " + status + " ("));
    }
    assertEquals(4, server.requests.size(), "a refusal is not asked again");
  }

  @Test
  void fetch_transferBreaks_isContinuedByTheNextAttempt() throws Exception {
    AtomicInteger count = new AtomicInteger();
    LoopbackServer.Answer broken = LoopbackServer.brokenAfter(CONTENT, 100_000);
    LoopbackServer.Answer whole = LoopbackServer.file(CONTENT);
    URI url = server.serve("/file", e -> (count.getAndIncrement() == 0 ? broken : whole).to(e));
    fetch(url, 2);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals(2, server.requests.size());
    assertTrue(server.requests.get(1).startsWith("/file bytes="), server.requests.toString());
  }

  @Test
  void fetch_transferBreaksForGood_keepsWhatCame() throws Exception {
    URI url = server.serve("/file", LoopbackServer.brokenAfter(CONTENT, 100_000));
    String message = failure(url, 1);
    byte[] kept = Files.readAllBytes(part);
    assertTrue(message.contains("the transfer broke off"), message);
    assertTrue(message.contains("kept in file.part"), message);
    assertTrue(kept.length > 0 && kept.length <= 100_000, "kept " + kept.length);
    assertArrayEquals(Arrays.copyOf(CONTENT, kept.length), kept);
  }

  @Test
  void fetch_redirect_isFollowed() throws Exception {
    URI real = server.serve("/real", LoopbackServer.file(CONTENT));
    URI url =
        server.serve(
            "/file",
            e -> {
              e.getResponseHeaders().add("Location", real.toString());
              e.sendResponseHeaders(302, -1);
            });
    fetch(url, 1);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
  }

  @Test
  void fetch_diskIsSmallerThanTheOffer_saysBothNumbers() {
    URI url = server.serve("/file", LoopbackServer.file(CONTENT));
    StorageException e =
        assertThrows(
            StorageException.class,
            () -> http(1, d -> 299_999).fetch(url, part, Fingerprint.UNKNOWN));
    assertTrue(e.getMessage().contains("300,000 bytes needed, 299,999 bytes available"));
    assertFalse(Files.exists(part));
  }

  @Test
  void fetch_unknownLengthAndCompletePart_isDone() throws Exception {
    Files.write(part, CONTENT);
    URI url =
        server.serve(
            "/file",
            e -> {
              e.getResponseHeaders().add("Content-Range", "bytes */" + CONTENT.length);
              LoopbackServer.send(e, 416, new byte[0]);
            });
    http(1, d -> Long.MAX_VALUE).fetch(url, part, Fingerprint.UNKNOWN);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
  }
}
