package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads without a published hash that break off, and go on when the file is still the same. */
class PartTagTest {
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

  private void fetch(URI url) throws IOException, InterruptedException {
    Duration limit = Duration.ofSeconds(10);
    new HttpDownload(
            new HttpDownload.Patience(limit, limit, 2, Duration.ZERO),
            d -> Long.MAX_VALUE,
            FetchListener.SILENT)
        .fetch(url, part, Fingerprint.UNKNOWN);
  }

  /** A file whose version the server tells, and which becomes another after the first answer. */
  private URI changing(byte[] before, byte[] after, String header, String one, String second) {
    AtomicInteger count = new AtomicInteger();
    return server.serve(
        "/file",
        e -> {
          boolean first = count.getAndIncrement() == 0;
          String condition = e.getRequestHeaders().getFirst("If-Range");
          String tag = first ? one : second;
          e.getResponseHeaders().add(header, tag);
          if (first) {
            LoopbackServer.brokenAfter(before, 100_000).to(e);
          } else if (condition == null || tag.equals(condition)) {
            LoopbackServer.file(after).to(e);
          } else {
            LoopbackServer.send(e, 200, after);
          }
        });
  }

  private static final String[][] TAGS = {
    {"ETag", "\"one\"", "\"two\""},
    {"Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT", "Tue, 02 Jan 2024 00:00:00 GMT"}
  };

  @Test
  void fetch_noHashAndTheFileChangedMeanwhile_startsAgain() throws Exception {
    for (String[] tag : TAGS) {
      startAnew();
      URI url = changing(Samples.bytes(CONTENT.length, 2), CONTENT, tag[0], tag[1], tag[2]);
      fetch(url);
      assertArrayEquals(CONTENT, Files.readAllBytes(part));
      assertEquals(2, server.requests.size());
      assertEquals(List.of("file.part"), Samples.names(directory));
    }
  }

  @Test
  void fetch_noHashAndTheSameFile_isContinued() throws Exception {
    for (String[] tag : TAGS) {
      startAnew();
      URI url = changing(CONTENT, CONTENT, tag[0], tag[1], tag[1]);
      fetch(url);
      assertArrayEquals(CONTENT, Files.readAllBytes(part));
      assertTrue(server.requests.get(1).startsWith("/file bytes="), server.requests.toString());
      assertEquals(List.of("file.part"), Samples.names(directory));
    }
  }

  /** A weak tag does not promise the same bytes, and other text must not become a header. */
  @Test
  void fetch_noHashAndNoUsableTag_isContinuedWithoutACondition() throws Exception {
    for (String tag : List.of("W/\"one\"", "one", "\"" + "x".repeat(600) + "\"")) {
      startAnew();
      AtomicInteger conditions = new AtomicInteger();
      LoopbackServer.Answer broken = LoopbackServer.brokenAfter(CONTENT, 100_000);
      LoopbackServer.Answer whole = LoopbackServer.file(CONTENT);
      URI url =
          server.serve(
              "/file",
              e -> {
                e.getResponseHeaders().add("ETag", tag);
                conditions.addAndGet(e.getRequestHeaders().containsKey("If-Range") ? 1 : 0);
                (e.getRequestHeaders().containsKey("Range") ? whole : broken).to(e);
              });
      fetch(url);
      assertArrayEquals(CONTENT, Files.readAllBytes(part));
      assertEquals(0, conditions.get(), tag);
    }
  }

  private void startAnew() throws IOException {
    server.close();
    server = new LoopbackServer();
    Files.deleteIfExists(part);
  }
}
