package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On pictures of three images of random colours. */
class CifarRecordsTest {
  private static final int COUNT = 3;
  private static final byte[] RECORDS = records();

  @TempDir Path directory;

  /** Records with the labels 9, 0, 4. */
  static byte[] records() {
    byte[] all = Samples.bytes(COUNT * 3073, 21);
    all[0] = 9;
    all[3073] = 0;
    all[2 * 3073] = 4;
    return all;
  }

  /** The picture of these records, one image a row. */
  static byte[] png(byte[] records, int type) throws IOException {
    int count = records.length / 3073;
    BufferedImage image = new BufferedImage(1024, count, type);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < 1024; p++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | records[i * 3073 + 1 + c * 1024 + p] & 0xff;
        }
        image.setRGB(p, i, 0xff000000 | rgb);
      }
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private byte[] write(byte[] png, String labels, int first, int count) throws IOException {
    Path picture = Files.write(directory.resolve("batch.png"), png);
    Path list = Files.writeString(directory.resolve("labels.json"), labels);
    Path to = directory.resolve("batch.bin.part");
    CifarRecords.write(picture, list, first, count, to);
    return Files.readAllBytes(to);
  }

  private String failure(byte[] png, String labels, int first, int count) {
    return assertThrows(FetchException.class, () -> write(png, labels, first, count)).getMessage();
  }

  private static byte[] png() throws IOException {
    return png(RECORDS, BufferedImage.TYPE_INT_RGB);
  }

  @Test
  void write_pictureAndLabels_areTheRecords() throws Exception {
    assertArrayEquals(RECORDS, write(png(), "[9,0,4]", 0, COUNT));
    assertArrayEquals(RECORDS, write(png(), "[1, 2, 9, 0, 4, 7]", 2, COUNT));
  }

  @Test
  void write_pictureOfAnotherSize_saysBoth() throws Exception {
    String message = failure(png(), "[1,2,3,4]", 0, 4);
    assertEquals(
        "batch.png: expected a PNG of 1024 x 4 pixels, 8-bit RGB (colour type 2),"
            + " found 1024 x 3, 8-bit, colour type 2",
        message);
    BufferedImage narrow = new BufferedImage(1023, COUNT, BufferedImage.TYPE_INT_RGB);
    assertTrue(failure(png(narrow), "[1,2,3]", 0, COUNT).contains("found 1023 x 3"));
  }

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_BYTE_GRAY + ",'8-bit, colour type 0'",
    BufferedImage.TYPE_USHORT_GRAY + ",'16-bit, colour type 0'",
    BufferedImage.TYPE_BYTE_INDEXED + ",'8-bit, colour type 3'",
    BufferedImage.TYPE_INT_ARGB + ",'8-bit, colour type 6'"
  })
  void write_pictureOfAnotherKind_saysWhich(int type, String found) throws Exception {
    String message = failure(png(RECORDS, type), "[9,0,4]", 0, COUNT);
    assertTrue(message.endsWith("found 1024 x 3, " + found), message);
  }

  @Test
  void write_truncatedOrForeignPicture_isDamaged() throws Exception {
    byte[] png = png();
    for (int length = 0; length < png.length; length += length < 64 ? 1 : 97) {
      String message = failure(Arrays.copyOf(png, length), "[9,0,4]", 0, COUNT);
      assertEquals("batch.png: this PNG is truncated", message, "at " + length);
    }
    assertEquals(
        "batch.png is no PNG",
        failure("<!DOCTYPE html>".getBytes("US-ASCII"), "[9,0,4]", 0, COUNT));
  }

  /** Every changed byte is found: by the signature, the header's check or a chunk's CRC. */
  @Test
  void write_anyByteOfThePictureChanged_isRefused() throws Exception {
    byte[] png = png();
    Random random = new Random(5);
    for (int k = 0; k < 200; k++) {
      byte[] changed = png.clone();
      int at = k < 60 ? k : random.nextInt(png.length);
      changed[at] ^= (byte) (1 + random.nextInt(255));
      assertTrue(failure(changed, "[9,0,4]", 0, COUNT).startsWith("batch.png"), "byte " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "[9,0]", "[9,0,4"})
  void write_tooFewLabels_isRefused(String labels) throws Exception {
    assertTrue(failure(png(), labels, 0, COUNT).startsWith("labels.json: expected"));
  }

  @Test
  void write_labelsThatAreNone_areNamed() throws Exception {
    assertEquals(
        "labels.json: expected labels 0 to 9, found 10 at number 4",
        failure(png(), "[99,-1,1,2,10]", 2, COUNT));
    assertEquals(
        "labels.json: expected labels 0 to 9, found -1 at number 0",
        failure(png(), "[-1,1,2]", 0, COUNT));
    assertEquals(
        "labels.json: expected labels 2 to 4, found 4 labels",
        failure(png(), "[1,2,3,4]", 2, COUNT));
    for (String text : new String[] {"{\"a\":1}", "[1,2,\"three\"]", "[1,2,3.5]", "<html>"}) {
      String message = failure(png(), text, 0, COUNT);
      assertTrue(message.startsWith("labels.json: expected a JSON array of integers"), message);
    }
  }
}
