package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeUnpackTest {
  private static final byte[] FILM = Samples.bytes(3000, 1);

  @TempDir Path root;
  private Path archive;

  @BeforeEach
  void choose() {
    archive = root.resolve("films.zip");
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static ArchiveContent content(
      ArchiveFormat format, Long bytes, Map<String, Integer> counts) {
    return new ArchiveContent(format, "films", bytes, counts);
  }

  private Path unpack(ArchiveContent content) throws IOException {
    return new SafeUnpack(d -> Long.MAX_VALUE).unpack(archive, content, root);
  }

  private void assertRefused(ArchiveContent content, String part) throws IOException {
    String message = assertThrows(FetchException.class, () -> unpack(content)).getMessage();
    assertTrue(message.contains("films") && message.contains(part), message);
    assertEquals(List.of("films.zip"), Samples.names(root), "nothing is left");
  }

  @Test
  void zip_becomesADirectoryWithTheHashesOfItsFiles() throws Exception {
    Files.write(archive, zip(Map.of("a/one.avi", FILM, "two.avi", FILM)));
    Path tree = unpack(content(ArchiveFormat.ZIP, null, Map.of("**.avi", 2)));
    assertArrayEquals(FILM, Files.readAllBytes(tree.resolve("a").resolve("one.avi")));
    assertEquals(List.of("films", "films.zip"), Samples.names(root));
    assertTrue(Contents.differenceFrom(tree).isEmpty());
    Files.write(tree.resolve("two.avi"), new byte[3000]);
    assertTrue(Contents.differenceFrom(tree).orElseThrow().startsWith("two.avi: expected SHA-256"));
    Files.delete(tree.resolve("two.avi"));
    assertEquals("two.avi is missing", Contents.differenceFrom(tree).orElseThrow());
  }

  @Test
  void tarOfBzip2_isUnpacked() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new BZip2CompressorOutputStream(bytes)) {
      packed.write(Samples.tar(Map.of("./a/one.npz", FILM)));
    }
    Files.write(archive, bytes.toByteArray());
    Path tree = unpack(content(ArchiveFormat.TAR, 3000L, Map.of("a/*.npz", 1)));
    assertArrayEquals(FILM, Files.readAllBytes(tree.resolve("a").resolve("one.npz")));
  }

  @Test
  void otherCounts_areRefused() throws Exception {
    Files.write(archive, zip(Map.of("one.avi", FILM)));
    assertRefused(
        content(ArchiveFormat.ZIP, null, Map.of("*.avi", 2)), "expected 2 files *.avi, found 1");
  }

  @Test
  void anotherReleaseOfTheSameName_isRefused() throws Exception {
    ArchiveContent expected =
        new ArchiveContent(ArchiveFormat.ZIP, "films", null, null, List.of("**_poses.npz"));
    Files.write(archive, zip(Map.of("ACCAD/walk/a_stageii.npz", FILM)));
    assertRefused(expected, "expected files **_poses.npz, found none");
    Files.write(archive, zip(Map.of("ACCAD/walk/a_poses.npz", FILM, "LICENSE", FILM)));
    assertTrue(Files.isDirectory(unpack(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "/etc/out", "a/../../out", "C:\\out", "..\\out"})
  void escapingPath_isRefused(String name) throws Exception {
    Files.write(archive, zip(new LinkedHashMap<>(Map.of(name, FILM))));
    assertRefused(content(ArchiveFormat.ZIP, null, null), "would leave the directory");
    assertFalse(Files.exists(root.resolveSibling("out")));
  }

  @Test
  void namesThatMeet_areRefused() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a/Film.avi", FILM);
    files.put("A/film.avi", FILM);
    Files.write(archive, zip(files));
    assertRefused(content(ArchiveFormat.ZIP, null, null), "have one path");
  }

  @Test
  void bomb_isStoppedAtTheKnownLengthOrAtAPlausibleOne() throws Exception {
    Files.write(archive, zip(Map.of("zeros", new byte[20_000_000])));
    assertTrue(Files.size(archive) < 30_000);
    assertRefused(content(ArchiveFormat.ZIP, 1_000L, null), "longer than 1,000 bytes");
    assertRefused(content(ArchiveFormat.ZIP, null, null), "is longer than");
  }

  @Test
  void linkInATar_isRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new org.apache.commons.compress.archivers.tar.TarArchiveOutputStream(bytes)) {
      var link =
          new org.apache.commons.compress.archivers.tar.TarArchiveEntry(
              "link", org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
    Files.write(archive, bytes.toByteArray());
    assertRefused(content(ArchiveFormat.TAR, null, null), "is a link or device");
  }

  @Test
  void truncatedMember_isRefused() throws Exception {
    byte[] whole = Samples.tar(Map.of("one.avi", FILM));
    Files.write(archive, Arrays.copyOf(whole, 2000));
    assertRefused(content(ArchiveFormat.TAR, null, null), "is damaged");
    byte[] zipped = zip(Map.of("one.avi", FILM));
    Files.write(archive, Arrays.copyOf(zipped, zipped.length / 2));
    assertRefused(content(ArchiveFormat.ZIP, null, null), "is damaged");
  }

  @Test
  void otherBytesThanTheArchivesChecksum_areRefused() throws Exception {
    byte[] zipped = zip(Map.of("one.avi", FILM));
    zipped[200] ^= 1;
    Files.write(archive, zipped);
    assertRefused(content(ArchiveFormat.ZIP, null, null), "films.zip");
  }

  @Test
  void rarOfVersion4_isUnpacked() throws Exception {
    Files.write(archive, RarBytes.of(Map.of("UCF-101/one.avi", FILM, "two.avi", FILM)));
    Path tree = unpack(content(ArchiveFormat.RAR, 6000L, Map.of("UCF-101/*.avi", 1)));
    assertArrayEquals(FILM, Files.readAllBytes(tree.resolve("UCF-101").resolve("one.avi")));
    byte[] damaged = Files.readAllBytes(archive);
    damaged[damaged.length - 1000] ^= 1;
    Files.write(archive, damaged);
    Workplace.clear(tree);
    assertRefused(content(ArchiveFormat.RAR, null, null), "is damaged");
  }

  @Test
  void rarThatIsNone_andVersion5_areToldApart() throws Exception {
    Files.write(archive, "no archive".getBytes(StandardCharsets.UTF_8));
    assertRefused(content(ArchiveFormat.RAR, null, null), "films.zip");
    byte[] five = Arrays.copyOf(new byte[] {0x52, 0x61, 0x72, 0x21, 0x1A, 7, 1, 0}, 64);
    Files.write(archive, five);
    assertRefused(content(ArchiveFormat.RAR, null, null), "version 5");
  }

  @Test
  void diskTooSmall_saysBothNumbersAndKeepsTheArchive() throws Exception {
    Files.write(archive, zip(Map.of("one.avi", FILM)));
    String message =
        assertThrows(
                StorageException.class,
                () ->
                    new SafeUnpack(d -> 10)
                        .unpack(archive, content(ArchiveFormat.ZIP, 3000L, null), root))
            .getMessage();
    assertTrue(message.contains("3,000 bytes needed, 10 bytes available"), message);
    assertEquals(List.of("films.zip"), Samples.names(root));
  }
}
