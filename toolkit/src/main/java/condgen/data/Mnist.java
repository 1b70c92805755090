package condgen.data;

import condgen.download.DataCache;

/**
 * MNIST, handwritten digits of 10 classes, 28 x 28 grey: 60,000 for training and 10,000 for
 * testing. Fetch them with {@code data-downloaders/fetch mnist}.
 */
public final class Mnist {
  private static final String DATA_SET = "mnist";
  private static final int CLASSES = 10;

  private Mnist() {}

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
    return LabelledFiles.read(cache, DATA_SET, "train", CLASSES);
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
    return LabelledFiles.read(cache, DATA_SET, "t10k", CLASSES);
  }
}
