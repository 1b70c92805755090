package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against {@code decoded.npz}: what Pillow 9.4.0 made of the files in {@code pictures.zip}. */
class PictureDecoderTest {

  private static byte[] sample(String name) throws IOException {
    try (Members members = Members.open(ImageSamples.file("pictures.zip"))) {
      return members.read(members.names().indexOf(name));
    }
  }

  @Test
  void theNumbersArePillows() throws IOException {
    Map<String, StoredArray> expected = ImageSamples.arrays("decoded.npz");
    assertEquals(10, expected.size());
    for (String name : expected.keySet()) {
      PixelImage found = PictureDecoder.decode(sample(name), name);
      PixelImage made = ImageSamples.picture(expected.get(name));
      if (name.equals("inks.jpg")) {
        continue;
      }
      if (name.equals("bits.png")) {
        made = made.channels() == found.channels() ? made : made.colour();
      }
      assertEquals(made.channels(), found.channels(), name);
      assertArrayEquals(made.pixels(), found.pixels(), name);
    }
  }

  @Test
  void fourInksBecomeThreeChannelsNearPillows() throws IOException {
    PixelImage found = PictureDecoder.decode(sample("inks.jpg"), "inks.jpg");
    byte[] made = ImageSamples.arrays("decoded.npz").get("inks.jpg").bytes();
    byte[] bytes = found.pixels();
    assertEquals(made.length, bytes.length);
    double difference = 0;
    for (int i = 0; i < made.length; i++) {
      difference += Math.abs((made[i] & 0xff) - (bytes[i] & 0xff));
    }
    assertEquals(0, difference / made.length, 3, "mean difference in grey levels");
  }

  @Test
  void aCutFileIsRefusedWhereverItIsCut() throws IOException {
    for (String name : new String[] {"colour.png", "s420.jpg", "s444.jpg", "palette.png"}) {
      byte[] whole = sample(name);
      for (int length = 0; length < whole.length - 2; length += 1 + whole.length / 23) {
        byte[] cut = Arrays.copyOf(whole, length);
        DamagedDataException e =
            assertThrows(
                DamagedDataException.class, () -> PictureDecoder.decode(cut, "cut " + name));
        assertTrue(e.getMessage().contains("cut " + name), e.getMessage());
      }
    }
  }

  @Test
  void aHugePromiseIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] jpeg = sample("grey.jpg");
    int frame = 0;
    while ((jpeg[frame] & 0xff) != 0xff || (jpeg[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xf0);
    DamagedDataException e =
        assertThrows(DamagedDataException.class, () -> PictureDecoder.decode(jpeg, "huge.jpg"));
    assertTrue(e.getMessage().contains("61,680 x 61,680"), e.getMessage());
  }

  @Test
  void aChangedByteOfPngIsFoundByItsChecksum() throws IOException {
    byte[] png = sample("grey.png");
    png[png.length / 2] ^= 4;
    assertTrue(
        assertThrows(DamagedDataException.class, () -> PictureDecoder.decode(png, "x.png"))
            .getMessage()
            .contains("checksum"));
    assertThrows(
        DamagedDataException.class, () -> PictureDecoder.decode(new byte[] {1, 2, 3, 4}, "x"));
  }
}
