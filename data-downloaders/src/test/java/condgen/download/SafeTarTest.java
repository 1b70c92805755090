package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTarTest {
  private static final byte[] CONTENT = Samples.bytes(5000, 7);

  @TempDir Path temporary;
  private Path archive;
  private Path into;

  @BeforeEach
  void chooseDirectories() throws IOException {
    archive = temporary.resolve("package.tar");
    into = Files.createDirectories(temporary.resolve("deep/into"));
  }

  /** A tar whose entry names are written as they are. */
  static void write(Path archive, List<TarArchiveEntry> entries) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (TarArchiveEntry entry : entries) {
        boolean file = entry.isFile() && !entry.isSymbolicLink() && !entry.isLink();
        entry.setSize(file ? CONTENT.length : 0);
        tar.putArchiveEntry(entry);
        if (file) {
          tar.write(CONTENT);
        }
        tar.closeArchiveEntry();
      }
    }
  }

  private static TarArchiveEntry file(String name) {
    return new TarArchiveEntry(name, true);
  }

  private String refusal(String wanted) {
    return assertThrows(FetchException.class, () -> SafeTar.extract(archive, Set.of(wanted), into))
        .getMessage();
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> tree = Files.walk(temporary)) {
      return tree.filter(p -> !Files.isDirectory(p) && !p.equals(archive)).toList();
    }
  }

  @Test
  void extract_wantedFiles_andNoOthers() throws Exception {
    write(archive, List.of(file("./data/a"), file("data/b"), file("c")));
    SafeTar.extract(archive, Set.of("data/a", "c"), into);
    assertArrayEquals(CONTENT, Files.readAllBytes(into.resolve("data/a")));
    assertArrayEquals(CONTENT, Files.readAllBytes(into.resolve("c")));
    assertFalse(Files.exists(into.resolve("data/b")));
  }

  @Test
  void extract_gzipped_isTheSame() throws Exception {
    write(archive, List.of(file("data/a")));
    Files.write(archive, Samples.gzip(Files.readAllBytes(archive)));
    SafeTar.extract(archive, Set.of("data/a"), into);
    assertArrayEquals(CONTENT, Files.readAllBytes(into.resolve("data/a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "data/../../x", "/x", "\\x", "..\\x", "C:\\x", "C:x", "./../x", ".."})
  void extract_escapingPath_refusesTheArchive(String name) throws Exception {
    write(archive, List.of(file(name), file("data/a")));
    assertTrue(refusal("data/a").contains("would leave the directory"));
    assertEquals(List.of(), written());
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void extract_linkOrDevice_isRefusedWhenWantedAndNeverCreated(byte type) throws Exception {
    TarArchiveEntry special = new TarArchiveEntry("data/a", type);
    special.setLinkName("/etc/passwd");
    write(archive, List.of(special, file("data/b")));
    assertTrue(refusal("data/a").contains("link or device"));
    SafeTar.extract(archive, Set.of("data/b"), into);
    assertEquals(List.of(into.resolve("data/b")), written());
  }

  @Test
  void extract_linkThenFileThroughIt_staysInside() throws Exception {
    TarArchiveEntry link = new TarArchiveEntry("data", TarConstants.LF_SYMLINK);
    link.setLinkName("../..");
    write(archive, List.of(link, file("data/a")));
    SafeTar.extract(archive, Set.of("data/a"), into);
    assertEquals(List.of(into.resolve("data/a")), written());
    assertFalse(Files.isSymbolicLink(into.resolve("data")));
  }

  @Test
  void extract_missingEntry_isNamed() throws Exception {
    write(archive, List.of(file("data/a")));
    assertTrue(refusal("data/z").contains("does not contain [data/z]"));
  }
}
