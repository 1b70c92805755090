package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the seven rows that NumPy 1.24.2 wrote into both files of the archive; see ImageSamples.
 */
class DownsampledTest {
  private static final Path ZIP = ImageSamples.file("imagenet-downsampled.zip");

  private static int readAll(Path file, int most) throws IOException {
    Map<String, StoredArray> expected = ImageSamples.arrays("imagenet-downsampled-rows.npz");
    byte[] rows = expected.get("data").bytes();
    long[] labels = expected.get("labels").longs();
    int at = 0;
    try (ImageNetDownsampled set = ImageNetDownsampled.open("sample", List.of(file))) {
      for (Optional<LabelledImages> block = set.next(most);
          block.isPresent();
          block = set.next(most)) {
        LabelledImages images = block.get();
        assertTrue(images.size() <= most);
        assertEquals(32, images.rows());
        for (int i = 0; i < images.size(); i++, at++) {
          assertArrayEquals(Arrays.copyOfRange(rows, at * 3072, (at + 1) * 3072), images.pixels(i));
          assertEquals(labels[at] - 1, images.label(i));
        }
      }
      assertFalse(set.next(most).isPresent());
    }
    return at;
  }

  @Test
  void rowsComeInOrderWhateverTheSizeOfABlock() throws IOException {
    for (int most : new int[] {1, 3, 100, Integer.MAX_VALUE}) {
      assertEquals(7, readAll(ZIP, most));
    }
  }

  @Test
  void damageNamesTheFile(@TempDir Path folder) throws IOException {
    byte[] good = Files.readAllBytes(ZIP);
    int refused = 0;
    int tried = 0;
    for (int at = 60; at < good.length / 2; at += 1 + good.length / 61) {
      byte[] changed = good.clone();
      changed[at] ^= 0x21;
      Path file = Files.write(folder.resolve("changed.zip"), changed);
      tried++;
      try {
        readAll(file, 2);
      } catch (DamagedDataException e) {
        assertTrue(e.getMessage().contains("changed.zip"), e.getMessage());
        refused++;
      } catch (AssertionError e) {
        // The rows differ before the sum at the end of the file is compared.
        refused++;
      }
    }
    assertEquals(tried, refused);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(good, good.length - 50));
    assertThrows(DamagedDataException.class, () -> readAll(cut, 2));
    Path empty = ImageSamples.file("pictures.zip");
    assertThrows(DamagedDataException.class, () -> readAll(empty, 2));
  }
}
