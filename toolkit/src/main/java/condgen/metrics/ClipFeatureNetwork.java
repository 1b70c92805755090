package condgen.metrics;

import ai.djl.ndarray.NDArray;

/**
 * A network that turns clips into features, in which sets of clips are compared. As with {@link
 * FeatureNetwork} a distance is only comparable with distances in features of the same network.
 */
public interface ClipFeatureNetwork {

  /**
   * Features of clips.
   *
   * @param clips (B, frames, 1 or 3, H, W) in [−1, 1], B at least 1; values outside are cut off
   * @return (B, {@link #dimension}), float32
   */
  NDArray features(NDArray clips);

  /** The number of features d. */
  int dimension();

  /** What to call it beside a number. */
  String name();

  /** What is done to clips before the network sees them. */
  String preparation();

  /** What to call a Fréchet distance in these features. Only the I3D network's is called FVD. */
  default String distanceName() {
    return "Fréchet distance of clips in features of " + name() + " (not FVD)";
  }

  /** The SHA-256 of the file that its weights came from, 64 hexadecimal digits. */
  String sha256();
}
