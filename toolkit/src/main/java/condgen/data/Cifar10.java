package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR-10, photographs of 10 classes, 32 x 32, red, green and blue: 50,000 for training and 10,000
 * for testing, as 154 and 31 MB of bytes. Fetch them with {@code data-downloaders/fetch cifar10}.
 *
 * <p>A. Krizhevsky: Learning multiple layers of features from tiny images. Technical report,
 * University of Toronto, 2009.
 */
public final class Cifar10 {
  /** What the ten classes are, by number. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final String DATA_SET = "cifar10";
  private static final RecordFiles FILES =
      new RecordFiles(DATA_SET, CLASS_NAMES.size(), 3, 32, 32, 10_000);

  private Cifar10() {}

  /**
   * The training images in the user's cache, or the test images, or nothing when they were not
   * fetched: for a notebook that shows them only if they are there.
   *
   * @param training whether the training images are wanted
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when a file is truncated
   *     or of another format
   */
  public static Optional<LabelledImages> find(boolean training) {
    return find(DataCache.standard(), training);
  }

  static Optional<LabelledImages> find(DataCache cache, boolean training) {
    try {
      return Optional.of(training ? train(cache) : test(cache));
    } catch (MissingDataException e) {
      return Optional.empty();
    }
  }

  /**
   * The training images in the user's cache, in the order of the five files.
   *
   * @throws MissingDataException when they were not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when a file is truncated
   *     or of another format
   */
  public static LabelledImages train() {
    return train(DataCache.standard());
  }

  /** The training images in another cache; see {@link #train()}. */
  public static LabelledImages train(DataCache cache) {
    return FILES.read(
        cache,
        "train",
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin"));
  }

  /**
   * The test images in the user's cache.
   *
   * @throws MissingDataException when they were not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when a file is truncated
   *     or of another format
   */
  public static LabelledImages test() {
    return test(DataCache.standard());
  }

  /** The test images in another cache; see {@link #test()}. */
  public static LabelledImages test(DataCache cache) {
    return FILES.read(cache, "test", List.of("test_batch.bin"));
  }
}
