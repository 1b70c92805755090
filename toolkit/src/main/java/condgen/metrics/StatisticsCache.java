package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import condgen.training.Checkpoint;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Statistics of image sets that are kept on disk, since those of a real set are needed again and
 * again. A file's name is the hash of the images and of the network, so another image or another
 * network never gets old statistics.
 */
public final class StatisticsCache {

  private static final String GROUP = "statistics";

  private final Path directory;
  private final Consumer<String> messages;

  /** A cache in a directory, which need not exist; messages go to standard output. */
  public StatisticsCache(Path directory) {
    this(directory, System.out::println);
  }

  /**
   * A cache in a directory.
   *
   * @param messages is told when a file was damaged and its statistics are computed again
   */
  public StatisticsCache(Path directory, Consumer<String> messages) {
    this.directory = directory;
    this.messages = messages;
  }

  /**
   * The statistics of images in a network's features, from disk if they were computed before.
   *
   * @param images (N, C, H, W) in [−1, 1]
   * @param batch images that go through the network together, at least 1
   */
  public FeatureStatistics of(FeatureNetwork network, NDArray images, int batch) {
    Path file = file(network, images);
    if (Files.exists(file)) {
      try {
        return read(file, network.dimension());
      } catch (UncheckedIOException | IllegalArgumentException e) {
        messages.accept(e.getMessage() + "; the statistics are computed again");
      }
    }
    FeatureStatistics statistics = FeatureStatistics.of(network, images, batch);
    write(file, statistics, network);
    return statistics;
  }

  /** Where the statistics of these images are or would be. */
  Path file(FeatureNetwork network, NDArray images) {
    Sha256 hash = new Sha256().add(network.name()).add(network.sha256()).add(images);
    return directory.resolve(hash.hex() + ".safetensors");
  }

  private static FeatureStatistics read(Path file, int d) {
    Checkpoint checkpoint = Checkpoint.read(file);
    return Scope.call(
        () -> {
          NDList parts = checkpoint.group(GROUP);
          long count = count(checkpoint, file);
          if (parts.size() != 2
              || !parts.get(0).getShape().equals(new Shape(d))
              || !parts.get(1).getShape().equals(new Shape(d, d))) {
            throw new IllegalArgumentException(
                "%s must hold a mean of %d numbers and their scatter, but holds %s"
                    .formatted(file, d, Arrays.toString(parts.getShapes())));
          }
          double[] mean = Tensors.toDoubles(parts.get(0));
          double[] scatter = Tensors.toDoubles(parts.get(1));
          return FeatureStatistics.ofScatter(count, mean, scatter);
        });
  }

  private static long count(Checkpoint checkpoint, Path file) {
    String count = checkpoint.notes().getOrDefault("count", "nothing");
    if (!count.matches("[1-9]\\d{0,17}")) {
      throw new IllegalArgumentException(
          file + " must hold a positive number of samples, but holds " + count);
    }
    return Long.parseLong(count);
  }

  private static void write(Path file, FeatureStatistics statistics, FeatureNetwork network) {
    int d = statistics.dimension();
    double[] flat = Arrays.stream(statistics.scatter()).flatMapToDouble(Arrays::stream).toArray();
    Scope.run(
        () -> {
          NDArray mean = Tensors.ofDoubles(statistics.mean());
          mean.setName("mean");
          NDArray scatter = Tensors.of(flat, new Shape(d, d));
          scatter.setName("scatter");
          new Checkpoint()
              .note("count", Long.toString(statistics.count()))
              .note("network", network.name())
              .note("hash of the network", network.sha256())
              .add(GROUP, new NDList(mean, scatter))
              .write(file);
        });
  }
}
