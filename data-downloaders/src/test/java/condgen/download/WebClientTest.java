package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where requests go, and what they carry. */
class WebClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ProxySelector DIRECT = new EnvironmentProxy(name -> null);

  private final List<String> cookies = new CopyOnWriteArrayList<>();
  private LoopbackServer server;
  private LoopbackServer other;

  @BeforeEach
  void startServers() throws IOException {
    server = new LoopbackServer();
    other = new LoopbackServer();
  }

  @AfterEach
  void stopServers() {
    server.close();
    other.close();
  }

  private static LoopbackServer.Answer redirect(int status, String to) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", to);
      exchange.getResponseHeaders().add("Set-Cookie", "tracker=1; Path=/");
      LoopbackServer.send(exchange, status, new byte[0]);
    };
  }

  /** Remembers the cookie it was sent. */
  private void here(HttpExchange exchange) throws IOException {
    cookies.add(String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")));
    LoopbackServer.send(exchange, 200, new byte[] {1});
  }

  private static int ask(WebClient client, URI url) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.ask("GET", url, Map.of());
    response.body().close();
    return response.statusCode();
  }

  private static WebClient plain() {
    return WebClient.plain(LIMIT, DIRECT);
  }

  @Test
  void ask_redirectsOfEveryKind_areFollowedWithoutCookies() throws Exception {
    URI end = other.serve("/end", this::here);
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      URI url = server.serve("/s" + status, redirect(status, end.toString()));
      assertEquals(200, ask(plain(), url));
    }
    assertEquals(List.of("null", "null", "null", "null", "null"), cookies);
  }

  @Test
  void ask_relativeRedirect_staysWithTheServerAndSendsNoCookieBack() throws Exception {
    URI url = server.serve("/a/file", redirect(302, "../b"));
    server.serve("/b", this::here);
    assertEquals(200, ask(plain(), url));
    assertEquals(List.of("null"), cookies);
  }

  @Test
  void ask_carriesNothingButTheRequest() throws Exception {
    Set<String> names = new TreeSet<>();
    URI url =
        server.serve(
            "/file",
            exchange -> {
              names.addAll(exchange.getRequestHeaders().keySet());
              assertNull(exchange.getRequestHeaders().getFirst("Authorization"));
              LoopbackServer.send(exchange, 200, new byte[] {1});
            });
    HttpResponse<InputStream> response = plain().ask("GET", url, Map.of("Range", "bytes=5-"));
    response.body().close();
    names.removeAll(Set.of("Connection", "Content-length", "Http2-settings", "Upgrade"));
    assertEquals(Set.of("Host", "Range", "User-agent"), names);
  }

  @Test
  void ask_circle_isRefusedAtItsFirstRepetition() throws Exception {
    URI url = server.serve("/a", redirect(302, "/b"));
    server.serve("/b", redirect(302, "/a"));
    String message = assertThrows(FetchException.class, () -> ask(plain(), url)).getMessage();
    assertTrue(message.contains("go round in a circle"), message);
    assertEquals(List.of("/a", "/b"), server.requests);
  }

  @Test
  void ask_endlessRedirectsToNewAddresses_areRefused() throws Exception {
    URI url =
        server.serve(
            "/x", exchange -> redirect(302, exchange.getRequestURI().getPath() + "x").to(exchange));
    String message = assertThrows(FetchException.class, () -> ask(plain(), url)).getMessage();
    assertTrue(message.contains("more than 10 redirects"), message);
    assertEquals(11, server.requests.size());
  }

  @Test
  void follow_leavesTheWebOrSafety_isRefused() throws Exception {
    URI secure = URI.create("https://example.org/data/file.zip");
    for (String to :
        List.of(
            "file:///etc/passwd",
            "ftp://example.org/file",
            "http://example.org/file",
            "https://ann:secret@example.org/file",
            "https:///file",
            "no address")) {
      assertThrows(FetchException.class, () -> WebClient.follow(secure, secure, to), to);
    }
    URI plain = URI.create("http://example.org/data/file.zip");
    assertEquals(
        URI.create("https://example.net/f"),
        WebClient.follow(plain, plain, "https://example.net/f"));
    assertEquals(
        URI.create("https://example.org/data/g?h=1"), WebClient.follow(secure, secure, "g?h=1"));
  }

  @Test
  void session_cookieGoesToItsOwnServerAlone() throws Exception {
    URI login =
        server.serve(
            "/login",
            exchange -> {
              exchange.getResponseHeaders().add("Set-Cookie", "session=abc; Path=/");
              LoopbackServer.send(exchange, 302, new byte[0]);
            });
    WebClient session = WebClient.session(LIMIT, DIRECT, login);
    assertEquals(302, session.login("user=ann"));
    URI own = server.serve("/own", this::here);
    assertEquals(200, ask(session, own));
    assertEquals(List.of("session=abc"), cookies);
    // The same machine, another port: for a browser's cookies that would be the same host.
    URI elsewhere = other.serve("/elsewhere", this::here);
    assertEquals(200, ask(session, server.serve("/away", redirect(302, elsewhere.toString()))));
    assertEquals(200, ask(session, elsewhere));
    assertEquals(List.of("session=abc", "null", "null"), cookies);
    assertEquals(200, ask(session, own));
    assertEquals("session=abc", cookies.get(3).replaceAll("; ?tracker=1|tracker=1; ?", ""));
  }
}
