package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the 2,000 + 500 real digits among the test resources. */
class LabelledImagesTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "data");
  private static final DataCache CACHE = DataCache.at(RESOURCES);
  private static final LabelledImages TRAIN = Mnist.train(CACHE);

  @TempDir Path directory;

  @Test
  void train_isTheBeginningOfMnist() throws Exception {
    assertEquals(2000, TRAIN.size());
    assertArrayEquals(new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, Arrays.copyOf(TRAIN.labels(), 10));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    IntStream.range(0, 2000).forEach(i -> sha256.update(TRAIN.pixels(i)));
    // SHA-256 of bytes 16 to 1,568,015 of the canonical train-images-idx3-ubyte.
    assertEquals(
        "4d1e2862007bab5908d814e74806c6c8f7c4a4f32b5875d195406d4d1dbe4946",
        HexFormat.of().formatHex(sha256.digest()));
  }

  @Test
  void test_isTheBeginningOfTheTestSet() {
    LabelledImages test = Mnist.test(CACHE);
    assertEquals(500, test.size());
    assertArrayEquals(new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9}, Arrays.copyOf(test.labels(), 10));
    assertArrayEquals(new int[] {42, 67, 55, 45, 55, 50, 43, 49, 40, 54}, test.classHistogram());
  }

  @Test
  void classHistogram_countsEveryDigit() {
    assertArrayEquals(
        new int[] {191, 220, 198, 191, 214, 180, 200, 224, 172, 210}, TRAIN.classHistogram());
  }

  @Test
  void halve_takesTheMeanOfEverySquareOfFour_andKeepsTheLabels() {
    LabelledImages half = TRAIN.padTo(32).halve();
    assertEquals("mnist train: 2,000 images of 16 x 16", half.toString());
    assertArrayEquals(TRAIN.labels(), half.labels());
    try (Scope scope = Scope.open()) {
      NDArray squares = TRAIN.padTo(32).take(50).images().reshape(50, 1, 16, 2, 16, 2);
      NDArray mean = squares.mean(new int[] {5}).mean(new int[] {3});
      NDArray miss = half.take(50).images().sub(mean).abs();
      assertTrue(Tensors.item(miss.max()) <= 0.5 / 127.5 + 1e-6, "rounded to a grey level");
    }
    LabelledImages odd = TRAIN.padTo(29);
    assertThrows(IllegalArgumentException.class, odd::halve);
  }

  @Test
  void images_areFloat32BetweenMinusOneAndOne() {
    try (Scope scope = Scope.open()) {
      NDArray images = TRAIN.images();
      assertEquals(new Shape(2000, 1, 28, 28), images.getShape());
      assertEquals(DataType.FLOAT32, images.getDataType());
      float[] values = Tensors.toFloats(images);
      assertEquals(
          -1, IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElseThrow());
      assertEquals(
          1, IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow());
      double sum = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
      // The sum of the same bytes is 52,050,445; each value carries a rounding error below 6e-8.
      assertEquals(52_050_445 / 127.5 - values.length, sum, 6e-8 * values.length);
      assertEquals(253 / 127.5f - 1, values[7 * 784 + 14 * 28 + 14]);
    }
  }

  @Test
  void image_isTheSameAsInAllImages() {
    try (Scope scope = Scope.open()) {
      NDArray one = TRAIN.image(7);
      assertEquals(new Shape(1, 1, 28, 28), one.getShape());
      assertArrayEquals(
          Arrays.copyOfRange(Tensors.toFloats(TRAIN.take(8).images()), 7 * 784, 8 * 784),
          Tensors.toFloats(one));
    }
  }

  @Test
  void batch_sameArguments_sameImagesInAnyOrderOfCalls() {
    try (Scope scope = Scope.open()) {
      Minibatch first = TRAIN.batch(1, 3, 64);
      TRAIN.batch(2, 3, 64);
      TRAIN.batch(1, 99, 64);
      Minibatch again = Mnist.train(CACHE).batch(1, 3, 64);
      assertEquals(new Shape(64, 1, 28, 28), first.images().getShape());
      assertArrayEquals(first.labels(), again.labels());
      assertArrayEquals(Tensors.toFloats(first.images()), Tensors.toFloats(again.images()));
      assertFalse(Arrays.equals(first.labels(), TRAIN.batch(2, 3, 64).labels()));
    }
  }

  @Test
  void batch_anEpoch_showsEveryImageOnceWithItsLabel() {
    LabelledImages few = TRAIN.take(60);
    int[] seen = new int[60];
    try (Scope scope = Scope.open()) {
      float[] all = Tensors.toFloats(few.images());
      for (int step = 5; step < 10; step++) {
        Minibatch batch = few.batch(4, step, 12);
        float[] values = Tensors.toFloats(batch.images());
        for (int k = 0; k < 12; k++) {
          int i = indexOf(all, Arrays.copyOfRange(values, k * 784, (k + 1) * 784));
          seen[i]++;
          assertEquals(few.label(i), batch.labels()[k]);
        }
      }
    }
    assertTrue(Arrays.stream(seen).allMatch(n -> n == 1), Arrays.toString(seen));
  }

  private static int indexOf(float[] all, float[] image) {
    return IntStream.range(0, all.length / 784)
        .filter(i -> Arrays.equals(image, 0, 784, all, i * 784, (i + 1) * 784))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void batch_badArguments_areNamed() {
    for (int size : new int[] {0, -1, 2001}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> TRAIN.batch(1, 0, size)).getMessage();
      assertEquals("size must be between 1 and 2000, but is " + size, message);
    }
    assertThrows(IllegalArgumentException.class, () -> TRAIN.batch(1, -1, 10));
    assertThrows(IllegalArgumentException.class, () -> TRAIN.take(0));
    assertThrows(IllegalArgumentException.class, () -> TRAIN.take(2001));
    assertThrows(IllegalArgumentException.class, () -> TRAIN.image(2000));
    assertThrows(IllegalArgumentException.class, () -> TRAIN.padTo(27));
  }

  @Test
  void padTo_32_keepsTheImageInTheMiddleOfBackground() {
    LabelledImages few = TRAIN.take(3);
    LabelledImages padded = few.padTo(32);
    assertEquals(32, padded.rows());
    assertArrayEquals(few.labels(), padded.labels());
    for (int i = 0; i < 3; i++) {
      byte[] small = few.pixels(i);
      byte[] large = padded.pixels(i);
      for (int r = 0; r < 32; r++) {
        for (int c = 0; c < 32; c++) {
          boolean inside = r >= 2 && r < 30 && c >= 2 && c < 30;
          assertEquals(inside ? small[(r - 2) * 28 + c - 2] : 0, large[r * 32 + c]);
        }
      }
    }
    try (Scope scope = Scope.open()) {
      NDArray images = padded.images();
      assertEquals(new Shape(3, 1, 32, 32), images.getShape());
      assertEquals(-1f, Tensors.toFloats(images)[0]);
    }
  }

  @Test
  void train_notFetched_saysHowToFetch() {
    DataCache empty = DataCache.at(directory);
    assertTrue(
        assertThrows(MissingDataException.class, () -> Mnist.train(empty))
            .getMessage()
            .endsWith("data-downloaders/fetch mnist"));
    assertTrue(
        assertThrows(MissingDataException.class, () -> FashionMnist.test(empty))
            .getMessage()
            .endsWith("data-downloaders/fetch fashion-mnist"));
  }

  @Test
  void train_labelsOfTheOtherPart_areRefusedWithBothCounts() throws Exception {
    Path set = Files.createDirectories(directory.resolve("mnist"));
    copy("train-images-idx3-ubyte.gz", set.resolve("train-images-idx3-ubyte.gz"));
    copy("t10k-labels-idx1-ubyte.gz", set.resolve("train-labels-idx1-ubyte.gz"));
    String message =
        assertThrows(UncheckedIOException.class, () -> Mnist.train(DataCache.at(directory)))
            .getMessage();
    assertTrue(message.contains("holds 2000 images"), message);
    assertTrue(message.contains("holds 500 labels"), message);
    assertTrue(message.endsWith("Fetch it again with: data-downloaders/fetch mnist"), message);
  }

  private static void copy(String resource, Path to) throws Exception {
    Files.copy(RESOURCES.resolve("mnist").resolve(resource), to);
  }
}
