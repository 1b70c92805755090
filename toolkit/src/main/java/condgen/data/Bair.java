package condgen.data;

import condgen.download.DataCache;
import java.io.IOException;

/**
 * The BAIR robot pushing set out of the user's cache; {@link BairVideos} says what it is. Fetch it
 * with {@code data-downloaders/fetch bair}; its tar of 32 GB is read in place.
 */
public final class Bair {
  private static final String DATA_SET = "bair";
  private static final String FILE = "bair_robot_pushing_dataset_v0.tar";

  private Bair() {}

  /**
   * Clips for training, (B, N, 3, 64, 64), of the camera of the published numbers.
   *
   * @throws condgen.download.MissingDataException when the set was not fetched
   */
  public static VideoClips train() {
    return VideoClips.training(read(DataCache.standard(), "train"));
  }

  /** Clips for testing: the 256 test videos; see {@link #train}. */
  public static VideoClips test() {
    return VideoClips.testing(read(DataCache.standard(), "test"));
  }

  static BairVideos read(DataCache cache, String part) {
    try {
      return BairVideos.open(cache.require(DATA_SET, FILE), part, BairVideos.View.AUX1);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }
}
