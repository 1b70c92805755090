package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  /** Two images of 2 rows and 3 columns. */
  private static final byte[] IMAGES =
      HexFormat.of()
          .parseHex("00000803" + "00000002" + "00000002" + "00000003" + "000102030405f0f1f2f3f4ff");

  private static final byte[] LABELS = HexFormat.of().parseHex("00000801" + "00000003" + "070209");

  @TempDir Path directory;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static String damage(Path file) {
    String message =
        assertThrows(DamagedDataException.class, () -> Idx.readImages(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    return message;
  }

  @Test
  void readImages_plainAndZipped_areTheSame() throws Exception {
    Idx plain = Idx.readImages(write("i", IMAGES));
    assertEquals(2, plain.count());
    assertEquals(List.of(2, 2, 3), plain.header().dimensions());
    assertArrayEquals(Arrays.copyOfRange(IMAGES, 16, 28), plain.values());
    assertEquals(plain, Idx.readImages(write("i.gz", gzip(IMAGES))));
  }

  @Test
  void readLabels_hasTheClasses() throws Exception {
    assertArrayEquals(new byte[] {7, 2, 9}, Idx.readLabels(write("l", LABELS)).values());
  }

  @Test
  void readImages_everyTruncation_namesFileAndNeverReturns() throws Exception {
    for (int length = 0; length < IMAGES.length; length++) {
      damage(write("i" + length, Arrays.copyOf(IMAGES, length)));
    }
    assertTrue(
        damage(write("cut", Arrays.copyOf(IMAGES, 27)))
            .contains("expected 28 bytes for sizes [2, 2, 3], found"));
  }

  @Test
  void readImages_everyTruncationOfTheZip_namesFileAndNeverReturns() throws Exception {
    byte[] zipped = gzip(IMAGES);
    for (int length = 0; length < zipped.length; length++) {
      damage(write("i" + length + ".gz", Arrays.copyOf(zipped, length)));
    }
    String inside = damage(write("short.gz", gzip(Arrays.copyOf(IMAGES, 20))));
    assertTrue(inside.contains("expected 28 bytes for sizes [2, 2, 3], found 20"), inside);
  }

  @Test
  void readImages_tooLong_saysSo() throws Exception {
    String message = damage(write("long", Arrays.copyOf(IMAGES, 29)));
    assertTrue(message.contains("expected 28 bytes"), message);
    assertTrue(message.contains("found more than 28"), message);
  }

  @Test
  void readImages_labelsOrForeignFile_saysBothMagics() throws Exception {
    String labels = damage(write("l", LABELS));
    assertTrue(labels.contains("expected IDX magic 0x00000803"), labels);
    assertTrue(labels.contains("found 0x00000801"), labels);
    String page = damage(write("p", "<!DOCTYPE html><p>sorry</p>".getBytes("US-ASCII")));
    assertTrue(page.contains("expected magic 0x000008nn, found 0x3c21444f"), page);
    damage(write("not.gz", IMAGES));
  }

  @Test
  void readImages_headerPromisesMoreThanMemory_allocatesNothing() throws Exception {
    byte[] huge = IMAGES.clone();
    Arrays.fill(huge, 4, 16, (byte) 0x7f);
    damage(write("huge", huge));
    byte[] large = IMAGES.clone();
    large[5] = 0x70;
    String message = damage(write("large.gz", gzip(large)));
    assertTrue(message.contains("found at most"), message);
  }
}
