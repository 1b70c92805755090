package condgen.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A set with a gate, a server, and the ways by which its file may come. */
abstract class GatedFetch {
  static final byte[] CONTENT = Samples.bytes(5000, 7);
  static final HttpDownload.Patience PATIENCE =
      new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);

  @TempDir Path root;
  final Notes notes = new Notes();
  LoopbackServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  static DataSet set(Gate gate, Login login, DataFile file) {
    return new DataSet(
        "set",
        "A set",
        gate,
        "L",
        "The terms.",
        "",
        List.of(file),
        List.of(),
        List.of("Ask for it."),
        login,
        null,
        null,
        null,
        null);
  }

  static DataFile file(ArchiveContent archive, Fingerprint content, URI... urls) {
    Download download = new Download("numbers", content, Unpack.NONE, List.of(urls));
    return new DataFile("numbers", content, null, null, download, false, archive);
  }

  final Path fetch(DataSet set, boolean accepted, Map<String, String> environment)
      throws IOException, InterruptedException {
    FreeSpace space = d -> Long.MAX_VALUE;
    HttpDownload http = new HttpDownload(PATIENCE, space, notes);
    DataCache cache = DataCache.at(root);
    List<Source> sources =
        List.of(
            new DropSource(cache, null),
            new MirrorSource(http, notes),
            new LoginSource(PATIENCE, space, notes, (name, hidden) -> environment.get(name)));
    return new Fetcher(cache, sources, space, notes, accepted).fetch(set);
  }
}
