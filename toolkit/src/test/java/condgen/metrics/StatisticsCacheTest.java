package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsCacheTest {

  @TempDir Path directory;

  private final List<String> messages = new ArrayList<>();
  private StatisticsCache cache;
  private Scope scope;
  private NDArray images;
  private int calls;

  /** Features are the pixels. */
  private FeatureNetwork pixels(String sha256) {
    return new FeatureNetwork() {
      @Override
      public NDArray features(NDArray x) {
        calls++;
        return x.reshape(x.getShape().get(0), 4);
      }

      @Override
      public int dimension() {
        return 4;
      }

      @Override
      public String name() {
        return "pixels";
      }

      @Override
      public String sha256() {
        return sha256;
      }
    };
  }

  @BeforeEach
  void open() {
    scope = Scope.open();
    cache = new StatisticsCache(directory.resolve("new"), messages::add);
    images = Seeds.of(1).normal(0, new Shape(20, 1, 2, 2));
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void of_secondTime_isTheSameFromDisk() {
    FeatureStatistics first = cache.of(pixels("a"), images, 7);
    assertEquals(3, calls);
    FeatureStatistics second = cache.of(pixels("a"), images, 7);
    assertEquals(3, calls);
    assertEquals(first.count(), second.count());
    assertArrayEquals(first.mean(), second.mean(), 0);
    assertArrayEquals(first.covariance(), second.covariance());
    assertEquals(List.of(), messages);
  }

  @Test
  void of_otherNetworkOrImages_isComputed() {
    cache.of(pixels("a"), images, 20);
    cache.of(pixels("b"), images, 20);
    cache.of(pixels("a"), images.get("0:19"), 20);
    NDArray changed = images.duplicate();
    changed.muli(1.0001f);
    cache.of(pixels("a"), changed, 20);
    assertEquals(4, calls);
    assertNotEquals(cache.file(pixels("a"), images), cache.file(pixels("b"), images));
  }

  @Test
  void of_damagedFile_isComputedAgainWithAMessage() throws IOException {
    FeatureStatistics first = cache.of(pixels("a"), images, 20);
    Path file = cache.file(pixels("a"), images);
    byte[] good = Files.readAllBytes(file);
    byte[] flipped = good.clone();
    flipped[good.length - 3] ^= 1;
    for (byte[] bad : List.of(flipped, new byte[0], java.util.Arrays.copyOf(good, 100))) {
      Files.write(file, bad);
      messages.clear();
      FeatureStatistics again = cache.of(pixels("a"), images, 20);
      assertArrayEquals(first.covariance(), again.covariance());
      assertEquals(1, messages.size());
      assertTrue(messages.get(0).contains("computed again"), messages.get(0));
      assertArrayEquals(good, Files.readAllBytes(file));
    }
    try (var files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  /** A whole file whose content is not that of statistics. */
  @Test
  void of_fileThatHoldsSomethingElse_isComputedAgainWithAMessage() {
    FeatureStatistics first = cache.of(pixels("a"), images, 20);
    Path file = cache.file(pixels("a"), images);
    NDArray mean = named("mean", new Shape(4));
    NDArray scatter = named("scatter", new Shape(4, 4));
    NDArray small = named("mean", new Shape(3));
    NDArray flat = named("scatter", new Shape(16));
    List<NDList> lists =
        List.of(
            new NDList(),
            new NDList(mean),
            new NDList(small, scatter),
            new NDList(mean, flat),
            new NDList(mean, scatter, named("more", new Shape(1))),
            new NDList(mean, scatter));
    for (String count : List.of("20", "-3", "many")) {
      for (NDList list : lists) {
        if (count.equals("20") && list == lists.get(5)) {
          continue;
        }
        new Checkpoint().note("count", count).add("statistics", list).write(file);
        messages.clear();
        assertArrayEquals(
            first.covariance(), cache.of(pixels("a"), images, 20).covariance(), list + count);
        assertEquals(1, messages.size(), list + count);
        assertTrue(messages.get(0).contains(file.toString()), messages.get(0));
      }
    }
    new Checkpoint().add("statistics", lists.get(5)).write(file);
    assertArrayEquals(first.covariance(), cache.of(pixels("a"), images, 20).covariance());
    assertEquals(2, messages.size());
  }

  private static NDArray named(String name, Shape shape) {
    NDArray array = Tensors.zeros(shape, DataType.FLOAT64);
    array.setName(name);
    return array;
  }
}
