package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that a person obtained. */
class DropSourceTest extends GatedFetch {

  @Test
  void manual_takesTheDroppedFileAndLeavesIt_andNeverAsksTheWeb() throws Exception {
    URI url = server.serve("/a", LoopbackServer.file(CONTENT));
    DataSet set = set(Gate.MANUAL, null, file(null, Samples.fingerprint(CONTENT), url));
    String message =
        assertThrows(FetchException.class, () -> fetch(set, true, Map.of())).getMessage();
    assertTrue(
        message.contains("1. Ask for it.") && message.contains("2. Put numbers into"), message);
    Path drop = Files.createDirectories(root.resolve("set").resolve("drop"));
    Files.write(drop.resolve("numbers"), new byte[5000]);
    message = assertThrows(FetchException.class, () -> fetch(set, true, Map.of())).getMessage();
    assertTrue(message.contains("numbers: expected SHA-256"), message);
    Files.write(drop.resolve("numbers"), CONTENT);
    fetch(set, true, Map.of());
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("numbers")));
    assertArrayEquals(CONTENT, Files.readAllBytes(drop.resolve("numbers")));
    assertEquals(List.of(), server.requests);
  }

  @Test
  void manualArchiveWithoutHash_isUnpackedAndRecognisedLater() throws Exception {
    byte[] tar = Samples.tar(Map.of("a/x.npz", CONTENT));
    ArchiveContent archive =
        new ArchiveContent(ArchiveFormat.TAR, "tree", null, Map.of("a/*.npz", 1));
    DataSet set = set(Gate.MANUAL, null, file(archive, null));
    Path drop = Files.createDirectories(root.resolve("set").resolve("drop"));
    Files.write(drop.resolve("numbers"), tar);
    fetch(set, false, Map.of());
    assertTrue(notes.toString().contains("not authenticated"), notes.toString());
    assertEquals(List.of("drop", FirstUse.NAME, "tree"), Samples.names(root.resolve("set")));
    Workplace.clear(root.resolve("set").resolve("tree"));
    Files.write(drop.resolve("numbers"), Samples.tar(Map.of("a/y.npz", CONTENT)));
    String message =
        assertThrows(FetchException.class, () -> fetch(set, false, Map.of())).getMessage();
    assertTrue(message.contains("of its first download"), message);
  }

  @Test
  void manual_severalFilesMissing_namesThemAllAndTakesThoseThatAreThere() throws Exception {
    DataSet one = set(Gate.MANUAL, null, file(null, Samples.fingerprint(CONTENT)));
    List<DataFile> files =
        Stream.of("a", "b", "c")
            .map(name -> new DataFile(name, one.files().get(0).content(), null, null))
            .toList();
    DataSet set = one.only(files);
    Path drop = Files.createDirectories(root.resolve("set").resolve("drop"));
    Files.write(drop.resolve("b"), CONTENT);
    String message =
        assertThrows(GateException.class, () -> fetch(set, false, Map.of())).getMessage();
    assertTrue(message.contains("2. Put a, c into " + drop), message);
    assertArrayEquals(CONTENT, Files.readAllBytes(root.resolve("set").resolve("b")));
  }

  @Test
  void droppedFileOnTheSameDisk_takesNoSpace() throws Exception {
    DataSet set = set(Gate.NONE, null, file(null, Samples.fingerprint(CONTENT)));
    DataCache cache = DataCache.at(root);
    Fetcher fetcher =
        new Fetcher(cache, List.of(new DropSource(cache, null)), d -> 10, notes, false);
    Path drop = Files.createDirectories(root.resolve("set").resolve("drop"));
    assertThrows(StorageException.class, () -> fetcher.fetch(set));
    Files.write(drop.resolve("numbers"), CONTENT);
    fetcher.fetch(set);
    assertTrue(Files.isSameFile(drop.resolve("numbers"), root.resolve("set/numbers")));
  }

  /** A fetch that was killed between linking and accepting; then the user takes the file away. */
  @Test
  void partThatIsTheUsersOwnFile_isNeverWrittenTo() throws Exception {
    byte[] mine = Samples.bytes(1000, 3);
    Path own = Files.write(root.resolve("own"), mine);
    Files.createDirectories(root.resolve("set"));
    Files.createLink(root.resolve("set").resolve("numbers.part"), own);
    URI url = server.serve("/a", LoopbackServer.file(CONTENT));
    fetch(set(Gate.NONE, null, file(null, Samples.fingerprint(CONTENT), url)), false, Map.of());
    assertArrayEquals(mine, Files.readAllBytes(own));
    assertEquals(List.of("/a"), server.requests, "it is no download that could be continued");
  }
}
