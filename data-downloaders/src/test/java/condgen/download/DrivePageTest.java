package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page made for this test, with the form that Google Drive's page has; not one of Google's. */
class DrivePageTest {
  private static final byte[] CONTENT = Samples.bytes(100_000, 21);
  private static final String PAGE =
      """
      <!DOCTYPE html><html><body><form action="/search"><input name="q" value="x"></form>
      <form method="get" id="download-form" action="%s">
      <input type="submit" value="Download anyway"/><input type="hidden" name="id" value="a b&amp;c">
      <input value="t" type="hidden" name="confirm"></form></body></html>
      """;

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

  private URI page(String text) {
    return server.serve(
        "/uc",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          LoopbackServer.send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
        });
  }

  private void fetch(URI url) throws IOException, InterruptedException {
    HttpDownload.Patience patience =
        new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);
    WebClient web = WebClient.plain(patience.connect(), new EnvironmentProxy(name -> null));
    DrivePage drive = new DrivePage(Set.of("127.0.0.1"));
    new HttpDownload(web, drive, patience, d -> Long.MAX_VALUE, FetchListener.SILENT)
        .fetch(url, part, Samples.fingerprint(CONTENT));
  }

  @Test
  void fetch_confirmationPage_isAnsweredWithItsOwnForm() throws Exception {
    String[] query = new String[1];
    LoopbackServer.Answer file = LoopbackServer.file(CONTENT);
    server.serve(
        "/download",
        exchange -> {
          query[0] = exchange.getRequestURI().getRawQuery();
          file.to(exchange);
        });
    URI url = page(String.format(PAGE, "/download"));
    fetch(url);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals("id=a+b%26c&confirm=t", query[0]);

    Files.write(part, Arrays.copyOf(CONTENT, 70_000));
    fetch(url);
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals("/download bytes=70000-", server.requests.get(3));
  }

  @Test
  void fetch_formToAnotherHost_isRefusedAndNotAsked() throws Exception {
    for (String to :
        List.of("http://localhost:1/x", "ftp://127.0.0.1/x", "http://a@127.0.0.1/x", "http://[x")) {
      try (LoopbackServer one = new LoopbackServer()) {
        server.close();
        server = one;
        URI url = page(String.format(PAGE, to));
        String message = assertThrows(FetchException.class, () -> fetch(url)).getMessage();
        assertTrue(message.contains("its form leads to"), message);
        assertEquals(List.of("/uc"), one.requests);
        assertFalse(Files.exists(part));
      }
    }
  }

  @Test
  void fetch_quotaPage_saysSo() {
    URI url = page("<html><title>Google Drive - Quota exceeded</title>Too many users</html>");
    String message = assertThrows(FetchException.class, () -> fetch(url)).getMessage();
    assertTrue(message.contains("its quota for this file is used up"), message);
    assertFalse(Files.exists(part));
  }

  @Test
  void fetch_pageLeadsToAnotherPage_isRefused() {
    URI url = page(String.format(PAGE, "/uc"));
    String message = assertThrows(FetchException.class, () -> fetch(url)).getMessage();
    assertTrue(message.contains("web page instead of the file"), message);
    assertEquals(2, server.requests.size());
  }

  @Test
  void fetch_pageOfAnotherHost_isNotRead() throws Exception {
    URI url = page(String.format(PAGE, "/download"));
    URI elsewhere = URI.create(url.toString().replace("127.0.0.1", "localhost"));
    String message = assertThrows(FetchException.class, () -> fetch(elsewhere)).getMessage();
    assertTrue(message.contains("web page instead of the file"), message);
    assertFalse(server.requests.contains("/download"));
  }

  /** Pages made to keep a search by patterns busy; a careless one would take hours. */
  @Test
  void fetch_hugeHostilePages_areRefusedAtOnce() throws Exception {
    for (String piece : List.of("<form", "<form>", "<form id=\"", "<form id=\"x\"><input ")) {
      try (LoopbackServer one = new LoopbackServer()) {
        server.close();
        server = one;
        URI url = page("<html>" + piece.repeat(2_000_000 / piece.length()));
        String message =
            assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(FetchException.class, () -> fetch(url)).getMessage());
        assertTrue(message.contains("web page instead of the file"), message);
      }
    }
  }
}
