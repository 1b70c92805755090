package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.GroupNormalization;
import condgen.tensor.Modulation;

/**
 * Adaptive group normalisation: SiLU(y (1 + s) + b), where y is x normalised by groups of channels
 * and (s, b), one pair per channel, are a dense layer of the noise level's features.
 */
public final class AdaptiveGroupNorm extends Composite implements AdaptiveNorm {

  /** Added to the variance, as released. */
  public static final double EPSILON = 1e-5;

  private final int channels;
  private final ScaledDense dense;

  /**
   * A normalisation.
   *
   * @param channels C
   * @param features F, of the noise level
   */
  public AdaptiveGroupNorm(int channels, int features) {
    this.channels = channels;
    dense = part("Dense_0", new ScaledDense(features, 2 * channels));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray features, Dual frames) {
    Dual normal = GroupNormalization.groupNorm(x, GroupNorm.groupsOf(channels), EPSILON);
    Dual levels = run(dense, theta, Dual.of(features), null);
    return Activation.SWISH.apply(Modulation.byChannel(normal, levels));
  }
}
