package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;

/**
 * The last normalisation of the video models, followed by SiLU; the noise level does not enter it.
 * Without known frames it scales and shifts each channel; with them it is a {@link SpatialNorm}.
 */
public final class OutputNorm extends Composite implements AdaptiveNorm {

  private final GroupNorm plain;
  private final SpatialNorm spatial;

  private OutputNorm(GroupNorm plain, SpatialNorm spatial) {
    this.plain = plain == null ? null : part("Norm_0", plain);
    this.spatial = spatial == null ? null : part("Norm_0", spatial);
  }

  /** A normalisation of so many channels that looks at no frames. */
  public static OutputNorm plain(int channels) {
    int groups = GroupNorm.groupsOf(channels);
    GroupNorm norm = new GroupNorm(groups, channels, AdaptiveGroupNorm.EPSILON, "weight", "bias");
    return new OutputNorm(norm, null);
  }

  /** A normalisation that looks at the known frames. */
  public static OutputNorm spatial(SpatialNorm norm) {
    return new OutputNorm(null, norm);
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray features, Dual frames) {
    Dual normal =
        plain == null ? spatial.apply(own(spatial, theta), x, frames) : run(plain, theta, x, null);
    return Activation.SWISH.apply(normal);
  }
}
