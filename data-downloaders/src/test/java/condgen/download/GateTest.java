package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sets that ask for consent, an account, or work by hand. */
class GateTest extends GatedFetch {

  @Test
  void accept_withoutConsent_isRefusedBeforeAnythingIsAsked() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(CONTENT));
    DataSet set = set(Gate.ACCEPT, null, file(null, Samples.fingerprint(CONTENT), url));
    String message =
        assertThrows(FetchException.class, () -> fetch(set, false, Map.of())).getMessage();
    assertTrue(message.contains("The terms.") && message.contains("--accept"), message);
    assertEquals(List.of(), server.requests);
    fetch(set, true, Map.of());
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
    fetch(set, false, Map.of());
  }

  @Test
  void advisoryHash_ofAnotherFile_isToldAndTheFileTaken() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(CONTENT));
    Fingerprint doubtful = new Fingerprint(null, "0".repeat(32), null, null, true);
    fetch(set(Gate.NONE, null, file(null, doubtful, url)), false, Map.of());
    assertTrue(notes.toString().contains("differs from the one hash"), notes.toString());
    assertTrue(Files.exists(root.resolve("set").resolve("numbers")));
  }

  private Login login(URI url, URI md5) {
    return new Login(
        url, "user", "pass", Map.of("submit", "Login"), "TEST_USER", "TEST_PASSWORD", md5);
  }

  private static final Map<String, String> ACCOUNT =
      Map.of("TEST_USER", "ann", "TEST_PASSWORD", "s3cret&x");

  @Test
  void login_sendsTheFormOnceAndTheCookieAfterwards() throws Exception {
    StringBuilder form = new StringBuilder();
    URI login =
        server.serve(
            "/login",
            exchange -> {
              form.append(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
              exchange.getResponseHeaders().add("Set-Cookie", "session=abc; Path=/");
              exchange.getResponseHeaders().add("Location", "/welcome");
              LoopbackServer.send(exchange, 302, new byte[0]);
            });
    server.serve("/welcome", LoopbackServer.status(200));
    String md5 = Samples.fingerprint(CONTENT).md5();
    URI hash =
        server.serve("/md5", ofSession((md5 + "  numbers").getBytes(StandardCharsets.UTF_8)));
    URI url = server.serve("/file", ofSession(CONTENT));
    DataSet set = set(Gate.LOGIN, login(login, hash), file(null, null, url));
    String message =
        assertThrows(GateException.class, () -> fetch(set, false, Map.of())).getMessage();
    assertTrue(message.contains("TEST_USER and TEST_PASSWORD"), message);
    assertEquals(List.of(), server.requests);
    fetch(set, false, ACCOUNT);
    assertEquals("user=ann&pass=s3cret%26x&submit=Login", form.toString());
    assertEquals(List.of("/login", "/md5", "/file"), server.requests);
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
    assertFalse(notes.toString().contains("s3cret"), "the password is shown nowhere");
    try (Stream<Path> kept = Files.walk(root)) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("s3cret") || text.contains("session=abc"), file.toString());
      }
    }
  }

  private static LoopbackServer.Answer ofSession(byte[] content) {
    return exchange -> {
      String cookie = exchange.getRequestHeaders().getFirst("Cookie");
      boolean known = cookie != null && cookie.contains("session=abc");
      LoopbackServer.send(exchange, known ? 200 : 403, known ? content : new byte[0]);
    };
  }

  @Test
  void login_refused_saysWhatMayBeWrongAndNotThePassword() throws Exception {
    URI login = server.serve("/login", LoopbackServer.status(200));
    URI hash =
        server.serve(
            "/md5",
            exchange ->
                LoopbackServer.send(
                    exchange, 200, "<html>please log in".getBytes(StandardCharsets.UTF_8)));
    URI url = server.serve("/file", LoopbackServer.file(CONTENT));
    DataSet set = set(Gate.LOGIN, login(login, hash), file(null, null, url));
    String message =
        assertThrows(FetchException.class, () -> fetch(set, false, ACCOUNT)).getMessage();
    assertTrue(message.contains("Either name or password is wrong"), message);
    assertFalse(message.contains("s3cret"), message);
    assertEquals(List.of("/login", "/md5"), server.requests);
  }

  /** A redirect that keeps the method would send the form on; it is not followed. */
  @Test
  void login_redirectElsewhere_doesNotCarryThePassword() throws Exception {
    try (LoopbackServer other = new LoopbackServer()) {
      URI elsewhere = other.serve("/login", LoopbackServer.status(200));
      URI login =
          server.serve(
              "/login",
              exchange -> {
                exchange.getResponseHeaders().add("Location", elsewhere.toString());
                LoopbackServer.send(exchange, 307, new byte[0]);
              });
      URI url = server.serve("/file", LoopbackServer.file(CONTENT));
      DataSet set = set(Gate.LOGIN, login(login, null), file(null, null, url));
      fetch(set, false, ACCOUNT);
      assertEquals(List.of(), other.requests);
    }
  }

  @Test
  void login_notHttps_sendsNoPassword() throws Exception {
    URI url = server.serve("/file", LoopbackServer.file(CONTENT));
    Login login = login(URI.create("http://example.invalid/login"), null);
    DataSet set = set(Gate.LOGIN, login, file(null, null, url));
    String message =
        assertThrows(FetchException.class, () -> fetch(set, false, ACCOUNT)).getMessage();
    assertTrue(message.contains("is not https; no password is sent there"), message);
    assertEquals(List.of(), server.requests);
  }

  @Test
  void secrets_environmentFirst_andNobodyToAsk() {
    Secrets secrets = Secrets.of(ACCOUNT::get, null);
    assertEquals("ann", secrets.get("TEST_USER", false));
    assertEquals("s3cret&x", secrets.get("TEST_PASSWORD", true));
    assertNull(secrets.get("OTHER", true));
  }
}
