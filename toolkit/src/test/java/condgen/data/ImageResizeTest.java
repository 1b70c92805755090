package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Byte for byte against {@code resized.npz}, which Pillow 9.4.0 and OpenCV 4.6.0 made: a picture of
 * noise, waves and squares (23 x 31, three channels) and a grey one of even sides, at sizes below,
 * between and above; entries are named SOURCE.FILTER.HEIGHT.WIDTH.
 */
class ImageResizeTest {
  private static Map<String, StoredArray> made;

  @BeforeAll
  static void read() throws IOException {
    made = new TreeMap<>(Npz.read(Path.of("src/test/resources/data/images/resized.npz")));
  }

  @ParameterizedTest
  @EnumSource(ImageResize.class)
  void givesTheBytesOfTheProgramItIsNamedAfter(ImageResize how) throws IOException {
    int compared = 0;
    for (Map.Entry<String, StoredArray> entry : made.entrySet()) {
      String[] name = entry.getKey().split("\\.");
      if (name.length == 4 && name[1].equals(how.name())) {
        StoredArray source = made.get(name[0]);
        int[] shape = Arrays.stream(source.shape().getShape()).mapToInt(n -> (int) n).toArray();
        byte[] result =
            how.apply(
                source.bytes(),
                shape[0],
                shape[1],
                shape[2],
                Integer.parseInt(name[2]),
                Integer.parseInt(name[3]));
        assertArrayEquals(entry.getValue().bytes(), result, entry.getKey());
        compared++;
      }
    }
    assertEquals(how == ImageResize.OPENCV_LINEAR ? 10 : 8, compared);
  }

  @ParameterizedTest
  @EnumSource(ImageResize.class)
  void onePaintStaysAndTheSameSizeIsACopy(ImageResize how) {
    byte[] paint = new byte[2 * 9 * 11];
    Arrays.fill(paint, (byte) 201);
    for (byte value : how.apply(paint, 2, 9, 11, 5, 17)) {
      assertEquals((byte) 201, value);
    }
    byte[] noise = new byte[60];
    new Random(3).nextBytes(noise);
    byte[] same = how.apply(noise, 1, 6, 10, 6, 10);
    assertArrayEquals(noise, same);
    same[0]++;
    assertEquals((byte) (noise[0] + 1), same[0]);
  }

  @Test
  void sizesMustFit() {
    assertThrows(
        IllegalArgumentException.class, () -> ImageResize.BOX.apply(new byte[8], 1, 3, 3, 2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> ImageResize.BOX.apply(new byte[9], 1, 3, 3, 0, 2));
  }
}
