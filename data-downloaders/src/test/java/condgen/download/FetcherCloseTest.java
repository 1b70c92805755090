package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that fail to close. */
class FetcherCloseTest {
  private static final byte[] CONTENT = Samples.bytes(200_000, 3);

  @TempDir Path root;
  private final Notes notes = new Notes();
  private LoopbackServer server;
  private Path file;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
    file = root.resolve("set").resolve("numbers");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Fetcher fetcher(FreeSpace space) {
    HttpDownload.Patience patience =
        new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);
    HttpDownload http = new HttpDownload(patience, space, notes);
    return new Fetcher(DataCache.at(root), List.of(new MirrorSource(http, notes)), space, notes);
  }

  private Path fetch(DataSet set) throws IOException, InterruptedException {
    return fetcher(d -> Long.MAX_VALUE).fetch(set);
  }

  /** A source that gives {@code content}, or nothing if it is null, and fails when closed. */
  private static final class Unclosable implements Source {
    private final byte[] content;
    private final String trouble;
    private boolean closed;

    Unclosable(byte[] content, String trouble) {
      this.content = content;
      this.trouble = trouble;
    }

    @Override
    public String name() {
      return trouble;
    }

    @Override
    public String obtain(DataSet set, DataFile wanted, Path part) throws IOException {
      if (content == null) {
        throw new FetchException("not here");
      }
      Files.write(part, content);
      return trouble;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      throw new IOException(trouble);
    }
  }

  private static Set<String> messages(Throwable e) {
    Set<String> all = new TreeSet<>();
    all.add(e.getMessage());
    Stream.of(e.getSuppressed()).forEach(s -> all.addAll(messages(s)));
    return all;
  }

  @Test
  void fetch_sourcesFailToClose_closesAllAndTellsAllAndFreesTheDirectory() throws Exception {
    List<Unclosable> two = List.of(new Unclosable(CONTENT, "one"), new Unclosable(CONTENT, "two"));
    DataSet set = Samples.zippedSet(CONTENT, server.serve("/a", LoopbackServer.status(500)));
    Fetcher fetcher = new Fetcher(DataCache.at(root), List.copyOf(two), d -> Long.MAX_VALUE, notes);
    assertEquals(
        Set.of("one", "two"), messages(assertThrows(IOException.class, () -> fetcher.fetch(set))));
    assertTrue(two.stream().allMatch(source -> source.closed));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    fetch(set);
  }

  @Test
  void fetch_sourceHasNothingAndFailsToClose_theReasonOfTheFetchComesFirst() throws Exception {
    Unclosable source = new Unclosable(null, "broken");
    DataSet set = Samples.zippedSet(CONTENT, server.serve("/a", LoopbackServer.status(500)));
    Fetcher fetcher = new Fetcher(DataCache.at(root), List.of(source), d -> Long.MAX_VALUE, notes);
    FetchException e = assertThrows(FetchException.class, () -> fetcher.fetch(set));
    assertTrue(e.getMessage().startsWith("could not fetch set/numbers"), e.getMessage());
    assertTrue(messages(e).contains("broken"), messages(e).toString());
  }
}
