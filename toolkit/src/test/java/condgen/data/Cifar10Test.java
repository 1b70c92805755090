package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the 20 + 20 real photographs among the test resources. */
class Cifar10Test {
  private static final DataCache CACHE = DataCache.at(Path.of("src", "test", "resources", "data"));
  private static final LabelledImages TRAIN = Cifar10.train(CACHE);
  private static final LabelledImages TEST = Cifar10.test(CACHE);

  @TempDir Path directory;

  /** The SHA-256 of the records that the images were read from. */
  private static String recordsOf(LabelledImages images) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < images.size(); i++) {
      sha256.update((byte) images.label(i));
      sha256.update(images.pixels(i));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Against the first 4 records of each official file, joined, and the first 20 for testing. */
  @Test
  void trainAndTest_areTheBeginningsOfTheOfficialFiles() throws Exception {
    assertEquals(
        "9b679216f889c0e71c8aeb1e102ee02226aa8e6f9030a9b958607a16e7ed8920", recordsOf(TRAIN));
    assertEquals(
        "7a75c7f3d741a45b5f79cc341c8607a874c6f441de815b9d426ace5249b5c733", recordsOf(TEST));
    assertEquals("cifar10 train: 20 colour images of 32 x 32", TRAIN.toString());
  }

  @Test
  void find_isEmptyWhereNothingWasFetched() {
    assertEquals(TEST.size(), Cifar10.find(CACHE, false).orElseThrow().size());
    assertTrue(Cifar10.find(DataCache.at(directory), true).isEmpty());
  }

  @Test
  void labels_areThePublishedOnes() {
    assertArrayEquals(new int[] {6, 9, 9, 4}, Arrays.copyOf(TRAIN.labels(), 4));
    assertArrayEquals(new int[] {3, 8, 8, 0, 6, 6, 1, 6, 3, 1}, Arrays.copyOf(TEST.labels(), 10));
    assertEquals("frog", Cifar10.CLASS_NAMES.get(TRAIN.label(0)));
    assertEquals(10, TRAIN.classes());
    assertEquals(3, TRAIN.channels());
  }

  @Test
  void images_areChannelsRowsColumns() {
    try (Scope scope = Scope.open()) {
      NDArray images = TEST.images();
      assertEquals(new Shape(20, 3, 32, 32), images.getShape());
      for (int i : new int[] {0, 7, 19}) {
        byte[] bytes = TEST.pixels(i);
        assertEquals(3072, bytes.length);
        for (int[] at : new int[][] {{0, 0, 0}, {1, 5, 9}, {2, 31, 30}}) {
          int value = bytes[(at[0] * 32 + at[1]) * 32 + at[2]] & 0xff;
          assertEquals(
              value / 127.5f - 1, images.getFloat(i, at[0], at[1], at[2]), Arrays.toString(at));
        }
        assertArrayEquals(
            Tensors.toFloats(images.get(i)), Tensors.toFloats(TEST.image(i)), "image " + i);
      }
    }
  }

  /** The sky above the ships of the test set (images 1 and 2) is brighter than the water below. */
  @Test
  void images_standUpright() {
    for (int ship : new int[] {1, 2}) {
      byte[] bytes = TEST.pixels(ship);
      double top = 0;
      double bottom = 0;
      for (int channel = 0; channel < 3; channel++) {
        for (int p = 0; p < 4 * 32; p++) {
          top += bytes[channel * 1024 + p] & 0xff;
          bottom += bytes[channel * 1024 + 1023 - p] & 0xff;
        }
      }
      assertTrue(top > bottom + 3 * 128 * 20, ship + ": " + top + ", " + bottom);
    }
  }

  @Test
  void batch_anEpoch_showsEveryColourImageOnceWithItsLabel() {
    int[] seen = new int[20];
    try (Scope scope = Scope.open()) {
      float[] all = Tensors.toFloats(TRAIN.images());
      for (int step = 0; step < 4; step++) {
        Minibatch batch = TRAIN.batch(3, step, 5);
        assertEquals(new Shape(5, 3, 32, 32), batch.images().getShape());
        float[] values = Tensors.toFloats(batch.images());
        for (int k = 0; k < 5; k++) {
          for (int i = 0; i < 20; i++) {
            if (Arrays.equals(values, k * 3072, (k + 1) * 3072, all, i * 3072, (i + 1) * 3072)) {
              seen[i]++;
              assertEquals(TRAIN.label(i), batch.labels()[k]);
            }
          }
        }
      }
    }
    assertTrue(Arrays.stream(seen).allMatch(n -> n == 1), Arrays.toString(seen));
  }

  @Test
  void take_keepsTheFirstColourImages() {
    LabelledImages few = TEST.take(3);
    assertEquals(3, few.channels());
    assertArrayEquals(TEST.pixels(2), few.pixels(2));
    assertArrayEquals(new int[] {3, 8, 8}, few.labels());
  }

  @Test
  void padTo_36_padsEveryChannel() {
    LabelledImages padded = TEST.take(2).padTo(36);
    assertEquals(36, padded.rows());
    assertEquals(3, padded.channels());
    for (int i = 0; i < 2; i++) {
      byte[] small = TEST.pixels(i);
      byte[] large = padded.pixels(i);
      assertEquals(3 * 36 * 36, large.length);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 36; y++) {
          for (int x = 0; x < 36; x++) {
            boolean inside = y >= 2 && y < 34 && x >= 2 && x < 34;
            int expected = inside ? small[(c * 32 + y - 2) * 32 + x - 2] : 0;
            assertEquals(expected, large[(c * 36 + y) * 36 + x]);
          }
        }
      }
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> TEST.padTo(6000)).getMessage();
    assertEquals("side must be at most 5982 for 20 images, but is 6000", message);
    assertThrows(IllegalArgumentException.class, () -> TEST.padTo(Integer.MAX_VALUE));
  }

  @Test
  void halve_isTheMeanOfFourPixelsOfEachChannel() {
    LabelledImages halved = TEST.take(2).halve();
    assertEquals("cifar10 test: 2 colour images of 16 x 16", halved.toString());
    for (int i = 0; i < 2; i++) {
      byte[] large = TEST.pixels(i);
      byte[] small = halved.pixels(i);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 16; y++) {
          for (int x = 0; x < 16; x++) {
            int at = (c * 32 + 2 * y) * 32 + 2 * x;
            double mean = 0;
            for (int corner : new int[] {0, 1, 32, 33}) {
              mean += (large[at + corner] & 0xff) / 4.0;
            }
            assertEquals(Math.round(mean), small[(c * 16 + y) * 16 + x] & 0xff);
          }
        }
      }
    }
  }

  @Test
  void train_notFetched_saysHowToFetch() {
    String message =
        assertThrows(MissingDataException.class, () -> Cifar10.train(DataCache.at(directory)))
            .getMessage();
    assertTrue(message.contains("data_batch_1.bin"), message);
    assertTrue(message.endsWith("data-downloaders/fetch cifar10"), message);
  }

  @Test
  void test_plainFileThatEndsEarly_saysBothLengths() throws Exception {
    for (int length : new int[] {0, 3073, 20 * 3073}) {
      Path file = write(length);
      String message =
          assertThrows(UncheckedIOException.class, () -> Cifar10.test(DataCache.at(directory)))
              .getMessage();
      assertEquals(
          String.format(
              "%s: expected 30,730,000 bytes (10,000 records of 3,073), found %,d."
                  + " Fetch it again with: data-downloaders/fetch cifar10",
              file, length),
          message);
    }
  }

  private Path write(int length) throws IOException {
    Path set = Files.createDirectories(directory.resolve("cifar10"));
    return Files.write(set.resolve("test_batch.bin"), new byte[length]);
  }
}
