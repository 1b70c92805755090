package condgen.data;

import condgen.download.DataCache;
import java.util.List;

/**
 * Fashion-MNIST, pictures of clothing of 10 classes, 28 x 28 grey: 60,000 for training and 10,000
 * for testing. Fetch them with {@code data-downloaders/fetch fashion-mnist}.
 */
public final class FashionMnist {
  private static final String DATA_SET = "fashion-mnist";

  /** What the ten classes are, by number. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  private FashionMnist() {}

  /**
   * The training images in the user's cache.
   *
   * @throws condgen.download.MissingDataException when they were not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when a file is truncated
   *     or of another format
   */
  public static LabelledImages train() {
    return train(DataCache.standard());
  }

  /** The training images in another cache; see {@link #train()}. */
  public static LabelledImages train(DataCache cache) {
    return LabelledFiles.read(cache, DATA_SET, "train", CLASS_NAMES.size());
  }

  /**
   * The test images in the user's cache.
   *
   * @throws condgen.download.MissingDataException when they were not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when a file is truncated
   *     or of another format
   */
  public static LabelledImages test() {
    return test(DataCache.standard());
  }

  /** The test images in another cache; see {@link #test()}. */
  public static LabelledImages test(DataCache cache) {
    return LabelledFiles.read(cache, DATA_SET, "t10k", CLASS_NAMES.size());
  }
}
