package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxyTest {
  private static String chosen(Map<String, String> environment, String url) {
    List<Proxy> proxies = new EnvironmentProxy(environment::get).select(URI.create(url));
    assertEquals(1, proxies.size());
    return proxies.get(0) == Proxy.NO_PROXY
        ? "direct"
        : ((InetSocketAddress) proxies.get(0).address()).getHostString()
            + ":"
            + ((InetSocketAddress) proxies.get(0).address()).getPort();
  }

  @Test
  void select_takesTheVariableOfTheScheme() {
    Map<String, String> both = Map.of("https_proxy", "http://p:1", "HTTP_PROXY", "q:2");
    assertEquals("p:1", chosen(both, "https://example.org/a"));
    assertEquals("q:2", chosen(both, "http://example.org/a"));
    assertEquals("r:80", chosen(Map.of("ALL_PROXY", "r"), "https://example.org/a"));
    assertEquals("direct", chosen(Map.of("http_proxy", "q:2"), "https://example.org/a"));
    assertEquals("p:1", chosen(Map.of("https_proxy", "http://a:b@p:1/"), "https://example.org/a"));
  }

  @Test
  void select_valueThatCannotBeUsed_isNoProxy() {
    for (String value : List.of("socks5://p:1", "p q", " ", "http://")) {
      assertEquals("direct", chosen(Map.of("https_proxy", value), "https://example.org/a"), value);
    }
  }

  @Test
  void select_exceptions_areAskedDirectly() {
    Map<String, String> some =
        Map.of("https_proxy", "p:1", "no_proxy", "example.org, .inner.net:443,*.far.com");
    for (String host : List.of("example.org", "www.example.org", "inner.net", "a.far.com")) {
      assertEquals("direct", chosen(some, "https://" + host + "/a"), host);
    }
    assertEquals("p:1", chosen(some, "https://notexample.org/a"));
    Map<String, String> all = Map.of("https_proxy", "p:1", "NO_PROXY", "*");
    assertEquals("direct", chosen(all, "https://example.net/"));
    for (String here : List.of("127.0.0.1:80", "localhost", "[::1]")) {
      assertEquals("direct", chosen(Map.of("https_proxy", "p:1"), "https://" + here + "/"), here);
    }
  }

  /** A request for a host that does not exist arrives at the proxy, with the whole address. */
  @Test
  void client_asksTheProxy() throws Exception {
    byte[] content = "from the proxy".getBytes(StandardCharsets.UTF_8);
    try (LoopbackServer proxy = new LoopbackServer()) {
      URI url =
          proxy.serve(
              "/file",
              exchange -> {
                assertEquals("example.invalid", exchange.getRequestURI().getHost());
                LoopbackServer.send(exchange, 200, content);
              });
      String address = url.getHost() + ":" + url.getPort();
      WebClient client =
          WebClient.plain(
              Duration.ofSeconds(10), new EnvironmentProxy(Map.of("http_proxy", address)::get));
      HttpResponse<InputStream> response =
          client.ask("GET", URI.create("http://example.invalid/file"), Map.of());
      try (InputStream body = response.body()) {
        assertEquals("from the proxy", new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }
}
