package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.Modulation;

/**
 * Space-time-adaptive normalisation (SPATIN): {@link SpatialNorm} by the known frames, then scale
 * and shift per channel by the noise level as in {@link AdaptiveGroupNorm}, then SiLU.
 */
public final class Spatin extends Composite implements AdaptiveNorm {

  private final ScaledDense dense;
  private final SpatialNorm spatial;

  /**
   * A normalisation.
   *
   * @param channels C
   * @param features F, of the noise level
   * @param frames K, channels of all known frames together
   * @param width channels between the frames and their maps
   */
  public Spatin(int channels, int features, int frames, int width) {
    dense = part("Dense_0", new ScaledDense(features, 2 * channels));
    spatial = part("Norm_0", new SpatialNorm(channels, frames, width));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray features, Dual frames) {
    Dual shown = spatial.apply(own(spatial, theta), x, frames);
    Dual levels = run(dense, theta, Dual.of(features), null);
    return Activation.SWISH.apply(Modulation.byChannel(shown, levels));
  }

  /** γ and β of some frames (B, K, H, W). */
  public SpatialNorm.Maps maps(NDList theta, Dual frames) {
    return spatial.maps(own(spatial, theta), frames);
  }
}
