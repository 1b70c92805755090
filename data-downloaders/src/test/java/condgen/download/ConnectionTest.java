package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are not there, fall silent, or show a certificate that nobody signed. */
class ConnectionTest {
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
  void fetch_serverFallsSilent_givesUpAfterTheLimit() {
    CountDownLatch never = new CountDownLatch(1);
    URI url =
        server.serve(
            "/file",
            e -> {
              e.sendResponseHeaders(200, CONTENT.length);
              e.getResponseBody().write(CONTENT, 0, 10);
              e.getResponseBody().flush();
              try {
                never.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(failure(url, 1).contains("no data for"));
  }

  /** It takes the connection and the request, and says nothing at all. */
  @Test
  void fetch_serverNeverAnswers_isLeftAfterTheLimit() {
    CountDownLatch never = new CountDownLatch(1);
    URI url =
        server.serve(
            "/file",
            e -> {
              try {
                never.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    Duration patience = Duration.ofMillis(300);
    HttpDownload http =
        new HttpDownload(
            new HttpDownload.Patience(patience, patience, 3, Duration.ZERO),
            d -> Long.MAX_VALUE,
            FetchListener.SILENT);
    String message =
        assertThrows(NoConnectionException.class, () -> http.fetch(url, part, Fingerprint.UNKNOWN))
            .getMessage();
    assertTrue(message.contains("no connection (request timed out)"), message);
    assertEquals(List.of("/file"), server.requests);
  }

  @Test
  void fetch_nobodyListens_saysNoConnection() throws Exception {
    URI url = server.serve("/file", LoopbackServer.file(CONTENT));
    server.close();
    assertThrows(NoConnectionException.class, () -> fetch(url, 3));
  }

  @Test
  void reason_unresolvedHost_saysSo() {
    IOException e = new ConnectException();
    e.initCause(new UnresolvedAddressException());
    assertEquals("the host name is not known", HttpDownload.reason(e));
  }

  @Test
  void fetch_certificateNobodySigned_isRefused() throws Exception {
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    secure.createContext("/file", e -> LoopbackServer.send(e, 200, CONTENT));
    secure.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + secure.getAddress().getPort() + "/file");
      assertThrows(NoConnectionException.class, () -> fetch(url, 3));
      assertFalse(Files.exists(part));
    } finally {
      secure.stop(0);
    }
  }

  /** A key of today for this machine, with a certificate that no authority signed. */
  private SSLContext selfSigned() throws Exception {
    Path file = directory.resolve("key.p12");
    char[] password = "changeit".toCharArray();
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(password),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertEquals(0, process.waitFor());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(file.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
