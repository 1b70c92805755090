package condgen.metrics;

import ai.djl.ndarray.NDArray;

/**
 * A network that turns images into features, in which sets of images are compared. A distance is
 * only comparable with distances in features of the same network, so it carries name and hash.
 */
public interface FeatureNetwork {

  /**
   * Features of images.
   *
   * @param images (N, C, H, W) in [−1, 1], N at least 1; values outside are clipped, as an 8-bit
   *     picture's are
   * @return (N, {@link #dimension}), float32
   */
  NDArray features(NDArray images);

  /** The number of features d. */
  int dimension();

  /** What to call it beside a number. */
  String name();

  /**
   * What to call a Fréchet distance in these features. Only the Inception network's is called FID.
   */
  default String distanceName() {
    return "Fréchet distance in features of " + name() + " (not FID)";
  }

  /** The SHA-256 of the file that its weights came from, 64 hexadecimal digits. */
  String sha256();
}
