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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of three files that the web offers as one gzipped tar. */
class ArchiveFetchTest {
  private static final List<String> NAMES = List.of("one", "three", "two");

  @TempDir Path root;
  private final Notes notes = new Notes();
  private LoopbackServer server;
  private Path directory;
  private byte[] archive;

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
    directory = root.resolve("set");
    archive =
        Samples.gzip(
            Samples.tar(
                Map.of(
                    "all/one", content("one"),
                    "all/two", content("two"),
                    "all/three", content("three"),
                    "all/readme", content("readme"))));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static byte[] content(String name) {
    return Samples.bytes(50_000, name.hashCode());
  }

  private DataSet set(URI... urls) throws IOException {
    Fingerprint known = Samples.fingerprint(archive);
    List<DataFile> files =
        Stream.of("one", "two", "three")
            .map(
                name -> {
                  Download download =
                      new Download("all.tar.gz", known, null, List.of(urls), "all/" + name);
                  return new DataFile(name, fingerprint(name), null, download);
                })
            .toList();
    return new DataSet("set", "A set", Gate.NONE, "CC0", "", "", files, List.of());
  }

  private static Fingerprint fingerprint(String name) {
    try {
      return Samples.fingerprint(content(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void fetch(DataSet set) throws IOException, InterruptedException {
    HttpDownload.Patience patience =
        new HttpDownload.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ZERO);
    HttpDownload http = new HttpDownload(patience, d -> Long.MAX_VALUE, notes);
    Source web = new MirrorSource(http, notes);
    new Fetcher(DataCache.at(root), List.of(web), d -> Long.MAX_VALUE, notes).fetch(set);
  }

  private void assertAllThere() throws IOException {
    assertEquals(NAMES, Samples.names(directory));
    for (String name : NAMES) {
      assertArrayEquals(content(name), Files.readAllBytes(directory.resolve(name)));
    }
  }

  @Test
  void fetch_archive_isDownloadedOnceAndLeavesOnlyTheFiles() throws Exception {
    fetch(set(server.serve("/all.tar.gz", LoopbackServer.file(archive))));
    assertAllThere();
    assertEquals(List.of("/all.tar.gz"), server.requests);
  }

  @Test
  void fetch_brokenTransfer_isContinued() throws Exception {
    URI broken = server.serve("/a/all.tar.gz", LoopbackServer.brokenAfter(archive, 100_000));
    assertThrows(FetchException.class, () -> fetch(set(broken)));
    assertEquals(List.of("all.tar.gz.part"), Samples.names(directory));
    long kept = Files.size(directory.resolve("all.tar.gz.part"));
    fetch(set(server.serve("/b/all.tar.gz", LoopbackServer.file(archive))));
    assertAllThere();
    assertEquals("/b/all.tar.gz bytes=" + kept + "-", server.requests.get(1));
  }

  /** As a killed fetch leaves it: the archive, some members taken out, one file ready. */
  @Test
  void fetch_afterAKilledFetch_takesTheRestFromWhatIsThere() throws Exception {
    Files.createDirectories(directory.resolve("archive.part/all.tar.gz/all"));
    Files.write(directory.resolve("archive.part/all.tar.gz/all/two"), new byte[7]);
    Files.write(directory.resolve("all.tar.gz.part"), archive);
    Files.write(directory.resolve("one"), content("one"));
    fetch(set(server.serve("/all.tar.gz", LoopbackServer.status(500))));
    assertAllThere();
    assertEquals(List.of(), server.requests);
  }

  @Test
  void fetch_killedAfterTheLastFile_removesTheArchive() throws Exception {
    Files.createDirectories(directory);
    Files.write(directory.resolve("all.tar.gz.part"), archive);
    for (String name : NAMES) {
      Files.write(directory.resolve(name), content(name));
    }
    fetch(set(server.serve("/all.tar.gz", LoopbackServer.status(500))));
    assertAllThere();
  }

  @Test
  void fetch_otherBytes_asksEachAddressOnceAndTakesNothingOut() throws Exception {
    byte[] other = archive.clone();
    other[other.length / 2] ^= 1;
    URI bad = server.serve("/a/all.tar.gz", LoopbackServer.file(other));
    URI gone = server.serve("/b/all.tar.gz", LoopbackServer.status(404));
    String message = assertThrows(FetchException.class, () -> fetch(set(bad, gone))).getMessage();
    assertTrue(message.contains("expected SHA-256") && message.contains("answered 404"), message);
    assertEquals(List.of(), Samples.names(directory));
    fetch(set(bad, server.serve("/c/all.tar.gz", LoopbackServer.file(archive))));
    assertAllThere();
  }

  @Test
  void fetch_webFailsOnce_isNotAskedForTheOtherFilesAgain() throws Exception {
    URI gone = server.serve("/all.tar.gz", LoopbackServer.status(404));
    Path other = Files.createDirectories(root.resolve("other/set"));
    for (String name : NAMES) {
      Files.write(other.resolve(name), content(name));
    }
    HttpDownload http = new HttpDownload(HttpDownload.Patience.USUAL, d -> Long.MAX_VALUE, notes);
    Source web = new MirrorSource(http, notes);
    Source cache = new CacheSource(DataCache.at(root.resolve("other")));
    new Fetcher(DataCache.at(root), List.of(web, cache), d -> Long.MAX_VALUE, notes)
        .fetch(set(gone));
    assertAllThere();
    assertEquals(List.of("/all.tar.gz"), server.requests);
  }

  @Test
  void fetch_archiveWithoutAMember_namesItAndLeavesNothing() throws Exception {
    archive = Samples.gzip(Samples.tar(Map.of("all/one", content("one"))));
    URI url = server.serve("/all.tar.gz", LoopbackServer.file(archive));
    String message = assertThrows(FetchException.class, () -> fetch(set(url))).getMessage();
    assertTrue(message.contains("does not contain [all/t"), message);
    assertEquals(List.of(), Samples.names(directory));
  }

  @Test
  void fetch_diskTooSmallForArchiveAndFiles_saysBothNumbers() throws Exception {
    DataSet set = set(server.serve("/all.tar.gz", LoopbackServer.file(archive)));
    long needed = 3 * 50_000 + archive.length;
    Source web =
        new MirrorSource(new HttpDownload(HttpDownload.Patience.USUAL, d -> needed, notes), notes);
    Fetcher fetcher = new Fetcher(DataCache.at(root), List.of(web), d -> needed - 1, notes);
    String message = assertThrows(StorageException.class, () -> fetcher.fetch(set)).getMessage();
    assertTrue(message.contains(String.format("%,d bytes needed", needed)), message);
    assertEquals(List.of(), server.requests);
  }

  /** The weights of the Inception network are published with one hash only, a SHA-256. */
  @Test
  void fetch_weightsWithOneHash_areTakenOnlyWhenItIsThat() throws Exception {
    DataSet real = Manifest.standard().get("inception-fid");
    DataFile weights = real.files().get(0);
    assertEquals(Gate.NONE, real.gate());
    assertEquals(null, weights.content().md5());
    byte[] program = Samples.bytes(30_000, 1);
    byte[] other = Arrays.copyOf(program, program.length);
    other[12_345] ^= 4;
    URI bad = server.serve("/a/" + weights.name(), LoopbackServer.file(other));
    URI good = server.serve("/b/" + weights.name(), LoopbackServer.file(program));

    Download published = new Download(weights.name(), weights.content(), Unpack.NONE, List.of(bad));
    DataSet standIn =
        Samples.set(new DataFile(weights.name(), weights.content(), null, published), List.of());
    String length = assertThrows(FetchException.class, () -> fetch(standIn)).getMessage();
    assertTrue(length.contains("expected 95,607,719 bytes, the server offers 30,000"), length);

    Fingerprint known = new Fingerprint(30_000L, null, Samples.fingerprint(program).sha256());
    Download both = new Download(weights.name(), known, Unpack.NONE, List.of(bad, good));
    Download one = new Download(weights.name(), known, Unpack.NONE, List.of(bad));
    DataSet wrong = Samples.set(new DataFile(weights.name(), known, null, one), List.of());
    String message = assertThrows(FetchException.class, () -> fetch(wrong)).getMessage();
    assertTrue(message.contains("expected SHA-256 " + known.sha256()), message);
    assertEquals(List.of(), Samples.names(directory));
    fetch(Samples.set(new DataFile(weights.name(), known, null, both), List.of()));
    assertArrayEquals(program, Files.readAllBytes(directory.resolve(weights.name())));
  }
}
