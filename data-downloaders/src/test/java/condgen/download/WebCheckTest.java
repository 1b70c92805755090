package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebCheckTest {
  private static final byte[] CONTENT = Samples.bytes(3_000_000, 31);

  private LoopbackServer server;
  private WebCheck check;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
    EnvironmentProxy direct = new EnvironmentProxy(name -> null);
    check = new WebCheck(WebClient.plain(Duration.ofSeconds(10), direct), new DrivePage());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private String ask(URI url, Long bytes, boolean good) throws InterruptedException {
    Fingerprint expected = new Fingerprint(bytes, null, null, null, false);
    WebCheck.Answer answer = check.ask(url, expected);
    assertEquals(good, answer.good(), answer.text());
    return answer.text();
  }

  private static LoopbackServer.Answer firstByte(int total) {
    return exchange -> {
      exchange.getResponseHeaders().add("Content-Range", "bytes 0-0/" + total);
      LoopbackServer.send(exchange, 206, new byte[1]);
    };
  }

  @Test
  void ask_serverOfRanges_asksForOneByteOnce() throws Exception {
    URI url = server.serve("/a", firstByte(3_000_000));
    assertEquals("offers 3,000,000 bytes, as expected", ask(url, 3_000_000L, true));
    ask(url, 3_000_000L, true);
    assertEquals(List.of("/a bytes=0-0"), server.requests);
  }

  @Test
  void ask_serverWithoutRanges_isLeftAfterTheLength() throws Exception {
    URI url = server.serve("/a", exchange -> LoopbackServer.send(exchange, 200, CONTENT));
    assertEquals(
        "offers 3,000,000 bytes, as expected; it cannot continue a download",
        ask(url, 3_000_000L, true));
  }

  @Test
  void ask_otherLengthPageOrError_isNotGood() throws Exception {
    assertTrue(
        ask(server.serve("/a", firstByte(5)), 6L, false)
            .endsWith("offers 5 bytes, expected are 6"));
    assertTrue(ask(server.serve("/b", firstByte(5)), null, true).contains("not published"));
    assertEquals(
        "the server answered 404 (not there)",
        ask(server.serve("/c", LoopbackServer.status(404)), 6L, false));
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
    URI html =
        server.serve(
            "/d",
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", "text/html");
              LoopbackServer.send(exchange, 200, page);
            });
    assertEquals("sends a web page instead of the file", ask(html, 6L, false));
    server.close();
    String gone = ask(URI.create(html.toString().replace("/d", "/e")), 6L, false);
    assertTrue(gone.startsWith("no connection"), gone);
    assertFalse(gone.contains("null"), gone);
  }
}
