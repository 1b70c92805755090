package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxHeaderTest {
  private static final byte[] IMAGES =
      HexFormat.of().parseHex("00000803" + "0000ea60" + "0000001c" + "0000001c");

  @TempDir Path directory;

  private static IdxHeader read(byte[] bytes) throws IOException {
    return IdxHeader.read(new ByteArrayInputStream(bytes), "sample");
  }

  @Test
  void read_headerOfMnist_hasItsDimensions() throws Exception {
    IdxHeader header = read(IMAGES);
    assertEquals(List.of(60_000, 28, 28), header.dimensions());
    assertEquals(47_040_000, header.values());
    assertEquals(0x803, header.magic());
    assertEquals(16, header.length());
    assertArrayEquals(IMAGES, header.toBytes());
  }

  @Test
  void read_truncatedOrForeign_namesTheStream() {
    String truncated =
        assertThrows(IOException.class, () -> read(Arrays.copyOf(IMAGES, 9))).getMessage();
    assertEquals(
        "sample ends inside its IDX header: expected at least 16 bytes, found 9", truncated);
    byte[] foreign = IMAGES.clone();
    foreign[2] = 9;
    String message = assertThrows(IOException.class, () -> read(foreign)).getMessage();
    assertTrue(message.contains("expected magic 0x000008nn, found 0x00000903"), message);
  }

  @Test
  void excerpt_firstRecords_areAValidSmallerFile() throws Exception {
    byte[] values = Samples.bytes(10 * 2 * 3, 11);
    Path from = directory.resolve("ten");
    byte[] header = new IdxHeader(List.of(10, 2, 3)).toBytes();
    byte[] all = Arrays.copyOf(header, header.length + values.length);
    System.arraycopy(values, 0, all, header.length, values.length);
    Files.write(from, all);
    Path to = directory.resolve("four.gz");
    IdxExcerpt.write(from, 4, to);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(to))) {
      assertEquals(List.of(4, 2, 3), IdxHeader.read(in, "four").dimensions());
      assertArrayEquals(Arrays.copyOf(values, 24), in.readAllBytes());
    }
    assertThrows(FetchException.class, () -> IdxExcerpt.write(from, 11, to));
    assertThrows(FetchException.class, () -> IdxExcerpt.write(from, 0, to));
  }
}
