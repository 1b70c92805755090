package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.GroupNormalization;
import condgen.tensor.Modulation;

/**
 * Spatially adaptive normalisation (Park et al., 2019): y (1 + γ) + β, where y is x normalised by
 * groups of channels and γ, β, one pair per channel and pixel, are convolutions of the known
 * frames.
 */
public final class SpatialNorm extends Composite {

  /** Added to the variance, as released. */
  public static final double EPSILON = 1e-6;

  /**
   * What the frames do to a normalised image.
   *
   * @param gamma (B, C, H, W), added to the scale 1
   * @param beta (B, C, H, W), the shift
   */
  public record Maps(Dual gamma, Dual beta) {}

  private final int channels;
  private final ScaledConv shared;
  private final ScaledConv gamma;
  private final ScaledConv beta;

  /**
   * A normalisation.
   *
   * @param channels C
   * @param frames K, channels of all known frames together
   * @param width channels between the frames and the maps
   */
  public SpatialNorm(int channels, int frames, int width) {
    this.channels = channels;
    shared = part("mlp_shared.0", new ScaledConv(frames, width, 3));
    gamma = part("mlp_gamma", new ScaledConv(width, channels, 3));
    beta = part("mlp_beta", new ScaledConv(width, channels, 3));
  }

  /**
   * γ and β of some frames.
   *
   * @param frames (B, K, H, W)
   */
  public Maps maps(NDList theta, Dual frames) {
    Dual features = Activation.SWISH.apply(run(shared, theta, frames, null));
    return new Maps(run(gamma, theta, features, null), run(beta, theta, features, null));
  }

  /**
   * Normalises and modulates; no activation.
   *
   * @param x (B, C, H, W)
   * @param frames (B, K, H, W)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray frames) {
    return apply(theta, x, Dual.of(frames));
  }

  Dual apply(NDList theta, Dual x, Dual frames) {
    if (frames == null) {
      throw new IllegalArgumentException("frames must be given: this normalisation looks at them");
    }
    Dual normal = GroupNormalization.groupNorm(x, GroupNorm.groupsOf(channels), EPSILON);
    Maps maps = maps(theta, frames);
    return Modulation.byPixel(normal, maps.gamma(), maps.beta());
  }
}
