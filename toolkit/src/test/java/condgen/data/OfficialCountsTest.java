package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import condgen.download.DataCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is known of the official data, on the data of whoever runs the tests; skipped for sets that
 * are not in the user's cache.
 */
class OfficialCountsTest {
  private static final DataCache CACHE = DataCache.standard();

  private static void assumeHere(String set, String file) {
    Path path = CACHE.directory(set).resolve(file);
    assumeTrue(Files.isRegularFile(path), set + " is not in the cache");
  }

  @Test
  void cifar10HasItsLabelsAndMeans() {
    assumeHere("cifar10", "data_batch_1.bin");
    LabelledImages train = Cifar10.train(CACHE);
    LabelledImages test = Cifar10.test(CACHE);
    assertArrayEquals(IntStream.generate(() -> 5000).limit(10).toArray(), train.classHistogram());
    assertArrayEquals(IntStream.generate(() -> 1000).limit(10).toArray(), test.classHistogram());
    assertArrayEquals(new int[] {6, 9, 9, 4, 1, 1, 2, 7, 8, 3}, Arrays.copyOf(train.labels(), 10));
    assertArrayEquals(new int[] {3, 8, 8, 0, 6, 6, 1, 6, 3, 1}, Arrays.copyOf(test.labels(), 10));
    double[] means = new double[3];
    for (int i = 0; i < train.size(); i++) {
      byte[] pixels = train.pixels(i);
      for (int p = 0; p < pixels.length; p++) {
        means[p / 1024] += (pixels[p] & 0xff) / (255.0 * 1024 * train.size());
      }
    }
    assertArrayEquals(new double[] {0.4914, 0.4822, 0.4465}, means, 5e-5);
  }

  @Test
  void svhnHasItsImages() {
    assumeHere("svhn", "test_32x32.mat");
    assertEquals(26_032, Svhn.test().size());
  }

  @Test
  void movingMnistHasItsClips() {
    assumeHere("moving-mnist", "mnist_test_seq.npy");
    assertEquals(10_000, FixedMovingMnist.test().size());
    assertEquals(20, FixedMovingMnist.test().frames());
  }

  @Test
  void tinyImageNetHasItsParts() throws Exception {
    assumeHere("tiny-imagenet", "tiny-imagenet-200.zip");
    try (PictureSet train = TinyImageNet.train();
        PictureSet validation = TinyImageNet.validation();
        PictureSet test = TinyImageNet.test()) {
      assertEquals(100_000, train.size());
      assertEquals(200, train.classNames().size());
      assertEquals(10_000, validation.size());
      assertEquals(10_000, test.size());
    }
  }
}
