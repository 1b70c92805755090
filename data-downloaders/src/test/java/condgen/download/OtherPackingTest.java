package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same file from servers that pack it differently. */
class OtherPackingTest {
  private static final byte[] CONTENT = Samples.bytes(100_000, 12);

  @TempDir Path root;
  private final Notes notes = new Notes();
  private LoopbackServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** A member of a tar at one address, packed by gzip at another. */
  private static DataSet set(byte[] tar, URI first, byte[] zipped, URI second) throws IOException {
    Download other =
        new Download(
            "other-numbers.gz", Samples.fingerprint(zipped), Unpack.GUNZIP, List.of(second));
    Download download =
        new Download(
            "all.tar",
            Samples.fingerprint(tar),
            Unpack.NONE,
            List.of(first),
            "numbers",
            List.of(other));
    DataFile file = new DataFile("numbers", Samples.fingerprint(CONTENT), null, download);
    return Samples.set(file, List.of());
  }

  private void fetch(DataSet set) throws IOException, InterruptedException {
    HttpDownload.Patience patience =
        new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);
    HttpDownload http = new HttpDownload(patience, d -> Long.MAX_VALUE, notes);
    Source web = new MirrorSource(http, notes);
    new Fetcher(DataCache.at(root), List.of(web), d -> Long.MAX_VALUE, notes).fetch(set);
  }

  @Test
  void firstPacking_isEnough() throws Exception {
    byte[] tar = Samples.tar(Map.of("numbers", CONTENT));
    URI first = server.serve("/all.tar", LoopbackServer.file(tar));
    fetch(set(tar, first, new byte[1], server.serve("/b", LoopbackServer.status(500))));
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
    assertEquals(List.of("/all.tar"), server.requests);
  }

  @Test
  void brokenFirstPacking_isNotContinuedWithTheOther() throws Exception {
    byte[] tar = Samples.tar(Map.of("numbers", CONTENT));
    byte[] zipped = Samples.gzip(CONTENT);
    URI first = server.serve("/all.tar", LoopbackServer.brokenAfter(tar, 50_000));
    fetch(set(tar, first, zipped, server.serve("/b.gz", LoopbackServer.file(zipped))));
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
    assertEquals(List.of("/all.tar", "/b.gz"), server.requests, "the second without a range");
    assertEquals(List.of("numbers"), Samples.names(root.resolve("set")), "nothing else is left");
  }

  @Test
  void otherPackingOfOtherNumbers_isRefused() throws Exception {
    byte[] tar = Samples.tar(Map.of("numbers", CONTENT));
    byte[] zipped = Samples.gzip(Samples.bytes(100_000, 13));
    URI first = server.serve("/all.tar", LoopbackServer.status(404));
    URI second = server.serve("/b.gz", LoopbackServer.file(zipped));
    String message =
        assertThrows(FetchException.class, () -> fetch(set(tar, first, zipped, second)))
            .getMessage();
    assertTrue(message.contains("expected SHA-256"), message);
    assertEquals(List.of(), Samples.names(root.resolve("set")));
  }
}
