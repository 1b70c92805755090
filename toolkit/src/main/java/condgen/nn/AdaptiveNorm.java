package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Dual;

/**
 * A normalisation, with its activation, through which conditions enter a network: the noise level
 * as features, and, if the layer looks at them, the frames that are known.
 */
public interface AdaptiveNorm extends Layer {

  /**
   * Normalises, modulates and activates.
   *
   * @param x (B, C, H, W)
   * @param features (B, F), activated features of the noise level
   * @param frames (B, K, H, W), the known frames at this size; null when the network has none here
   * @return (B, C, H, W)
   */
  Dual apply(NDList theta, Dual x, NDArray features, Dual frames);

  /** Without known frames. */
  @Override
  default Dual apply(NDList theta, Dual x, NDArray features) {
    return apply(theta, x, features, null);
  }
}
