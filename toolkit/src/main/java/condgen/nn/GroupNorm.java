package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.GroupNormalization;
import java.util.List;

/**
 * Group normalisation with a scale and a shift per channel; keeps the shape (B, C, H, W).
 *
 * @param groups how many groups
 * @param channels C
 * @param epsilon added to the variance
 * @param scale name of the scales
 * @param shift name of the shifts
 */
public record GroupNorm(int groups, int channels, double epsilon, String scale, String shift)
    implements Layer {

  /** A normalisation with ε = 1e-5. */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, 1e-5, "scale", "shift");
  }

  /**
   * The released video models' rule for the number of groups: a quarter of the channels, at most
   * 32, and from there down to the next number that divides the channels.
   */
  public static int groupsOf(int channels) {
    int groups = Math.max(1, Math.min(channels / 4, 32));
    while (channels % groups != 0) {
      groups--;
    }
    return groups;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter(scale, new Shape(channels), Parameter.Initial.ones()),
        new Parameter(shift, new Shape(channels), Parameter.Initial.zeros()));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Shape perChannel = new Shape(1, channels, 1, 1);
    Dual normal = GroupNormalization.groupNorm(x, groups, epsilon);
    return normal
        .mul(Dual.of(theta.get(0).reshape(perChannel)))
        .add(Dual.of(theta.get(1).reshape(perChannel)));
  }
}
