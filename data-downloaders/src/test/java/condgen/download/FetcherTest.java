package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
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

  /** Final names only: what a reader of the cache would see. */
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("set"))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void fetch_missingFile_isUnpackedAndLeavesNothingElse() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(Samples.gzip(CONTENT)));
    Path directory = fetch(Samples.zippedSet(CONTENT, url));
    assertEquals(root.resolve("set"), directory);
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(List.of("numbers"), names());
  }

  @Test
  void fetch_firstMirrorHasNothing_asksTheNext() throws Exception {
    URI gone = server.serve("/a", LoopbackServer.status(404));
    URI good = server.serve("/b", LoopbackServer.file(Samples.gzip(CONTENT)));
    fetch(Samples.zippedSet(CONTENT, gone, good));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertTrue(notes.mention("/a: the server answered 404"), notes.texts.toString());
  }

  @Test
  void fetch_firstMirrorSendsOtherBytes_asksTheNext() throws Exception {
    byte[] right = Samples.gzip(CONTENT);
    byte[] wrong = right.clone();
    wrong[wrong.length / 2] ^= 1;
    URI bad = server.serve("/a", LoopbackServer.file(wrong));
    URI good = server.serve("/b", LoopbackServer.file(right));
    fetch(Samples.zippedSet(CONTENT, bad, good));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(List.of("/a", "/b"), server.requests);
    assertTrue(notes.mention("expected SHA-256"), notes.texts.toString());
  }

  @Test
  void fetch_damagedPart_startsAgainAtTheSameMirror() throws Exception {
    byte[] zipped = Samples.gzip(CONTENT);
    Files.createDirectories(file.getParent());
    Files.write(root.resolve("set/numbers.gz.part"), Samples.bytes(500, 9));
    fetch(Samples.zippedSet(CONTENT, server.serve("/a", LoopbackServer.file(zipped))));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(List.of("/a bytes=500-", "/a"), server.requests);
  }

  @Test
  void fetch_brokenTransfer_keepsThePartAndTheNextFetchContinues() throws Exception {
    byte[] zipped = Samples.gzip(CONTENT);
    URI broken = server.serve("/a", LoopbackServer.brokenAfter(zipped, 100_000));
    assertThrows(FetchException.class, () -> fetch(Samples.zippedSet(CONTENT, broken)));
    assertEquals(List.of("numbers.gz.part"), names());
    long kept = Files.size(root.resolve("set/numbers.gz.part"));

    URI whole = server.serve("/b", LoopbackServer.file(zipped));
    fetch(Samples.zippedSet(CONTENT, whole));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals("/b bytes=" + kept + "-", server.requests.get(1));
  }

  @Test
  void fetch_everyMirrorFails_namesEachReasonAndCreatesNoFile() throws Exception {
    URI a = server.serve("/a", LoopbackServer.status(403));
    URI b = server.serve("/b", LoopbackServer.status(500));
    DataSet set = Samples.zippedSet(CONTENT, a, b);
    String message = assertThrows(FetchException.class, () -> fetch(set)).getMessage();
    assertTrue(message.startsWith("could not fetch set/numbers"), message);
    assertTrue(message.contains("answered 403") && message.contains("answered 500"), message);
    assertEquals(List.of(), names());
  }

  @Test
  void fetch_contentIsNotWhatTheManifestSays_createsNoFile() throws Exception {
    byte[] zipped = Samples.gzip(CONTENT);
    URI url = server.serve("/a", LoopbackServer.file(zipped));
    Download download =
        new Download("numbers.gz", Samples.fingerprint(zipped), Unpack.GUNZIP, List.of(url));
    Fingerprint other = Samples.fingerprint(Samples.bytes(CONTENT.length, 4));
    DataSet set = Samples.set(new DataFile("numbers", other, null, download), List.of());
    assertThrows(FetchException.class, () -> fetch(set));
    assertEquals(List.of(), names());
  }

  @Test
  void fetch_rightFileIsThere_asksNobody() throws Exception {
    Files.createDirectories(file.getParent());
    Files.write(file, CONTENT);
    fetch(Samples.zippedSet(CONTENT, server.serve("/a", LoopbackServer.status(500))));
    assertEquals(List.of(), server.requests);
  }

  @Test
  void fetch_damagedFileIsThere_isReplacedOnlyByARightOne() throws Exception {
    byte[] damaged = Samples.bytes(CONTENT.length, 5);
    Files.createDirectories(file.getParent());
    Files.write(file, damaged);
    URI gone = server.serve("/a", LoopbackServer.status(404));
    assertThrows(FetchException.class, () -> fetch(Samples.zippedSet(CONTENT, gone)));
    assertArrayEquals(damaged, Files.readAllBytes(file));

    URI good = server.serve("/b", LoopbackServer.file(Samples.gzip(CONTENT)));
    fetch(Samples.zippedSet(CONTENT, good));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertTrue(notes.mention("is damaged"), notes.texts.toString());
  }

  @Test
  void fetch_diskTooSmall_saysBothNumbersAndAsksNobody() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(Samples.gzip(CONTENT)));
    DataSet set = Samples.zippedSet(CONTENT, url);
    long needed = CONTENT.length + Samples.gzip(CONTENT).length;
    StorageException e =
        assertThrows(StorageException.class, () -> fetcher(d -> needed - 1).fetch(set));
    String numbers = String.format("%,d bytes needed, %,d bytes available", needed, needed - 1);
    assertTrue(e.getMessage().contains(numbers), e.getMessage());
    assertEquals(List.of(), server.requests);
    fetcher(d -> needed).fetch(set);
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
  }

  @Test
  void fetch_archiveThatBecomesADirectory_needsSpaceForBoth() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(Samples.tar(Map.of("a.avi", CONTENT))));
    Download download = new Download("a.tar", Fingerprint.UNKNOWN, Unpack.NONE, List.of(url));
    for (Long unpacked : Arrays.asList(null, 250_000L)) {
      ArchiveContent archive = new ArchiveContent(ArchiveFormat.TAR, "films", unpacked, null);
      DataFile films = new DataFile("a.tar", null, null, null, download, false, archive, 300_000L);
      long needed = 300_000 + (unpacked == null ? 300_000 : unpacked);
      DataSet set = Samples.set(films, List.of());
      StorageException e =
          assertThrows(StorageException.class, () -> fetcher(d -> needed - 1).fetch(set));
      assertTrue(e.getMessage().contains(String.format("%,d bytes needed", needed)), e.toString());
      assertEquals(List.of(), server.requests);
    }
  }

  @Test
  void fetch_fourAtOnce_downloadOnce() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(Samples.gzip(CONTENT)));
    DataSet set = Samples.zippedSet(CONTENT, url);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> fetch(set)));
      }
      for (Future<Path> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(List.of("/a"), server.requests);
  }

  @Test
  void fetch_noHashPublished_recordsTheFirstAndRefusesAnother() throws Exception {
    URI first = server.serve("/a", LoopbackServer.file(CONTENT));
    fetch(unhashed(first));
    assertEquals(
        Samples.fingerprint(CONTENT).sha256() + "  numbers\n",
        Files.readString(root.resolve("set").resolve(FirstUse.NAME)));
    assertTrue(notes.mention("not authenticated"), notes.texts.toString());

    Files.delete(file);
    URI changed = server.serve("/b", LoopbackServer.file(Samples.bytes(CONTENT.length, 6)));
    String message =
        assertThrows(FetchException.class, () -> fetch(unhashed(changed))).getMessage();
    assertTrue(message.contains("of its first download"), message);
    assertFalse(Files.exists(file));

    fetch(unhashed(first));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
  }

  private static DataSet unhashed(URI url) {
    Download download = new Download("numbers", Fingerprint.UNKNOWN, Unpack.NONE, List.of(url));
    return Samples.set(new DataFile("numbers", null, null, download), List.of());
  }

  @Test
  void fetch_zipLongerThanItsContent_stopsAtTheKnownLength() throws Exception {
    byte[] zipped = Samples.gzip(Arrays.copyOf(CONTENT, CONTENT.length * 20));
    URI url = server.serve("/a", LoopbackServer.file(zipped));
    Download download =
        new Download("numbers.gz", Samples.fingerprint(zipped), Unpack.GUNZIP, List.of(url));
    DataSet set =
        Samples.set(
            new DataFile("numbers", Samples.fingerprint(CONTENT), null, download), List.of());
    String message = assertThrows(FetchException.class, () -> fetch(set)).getMessage();
    assertTrue(message.contains("longer than the expected 200000 bytes"), message);
    assertFalse(Files.exists(file));
  }
}
