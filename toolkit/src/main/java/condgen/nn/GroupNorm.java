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
 */
public record GroupNorm(int groups, int channels) implements Layer {

  private static final double EPSILON = 1e-5;

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("scale", new Shape(channels), Parameter.Initial.ones()),
        new Parameter("shift", new Shape(channels), Parameter.Initial.zeros()));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Shape perChannel = new Shape(1, channels, 1, 1);
    Dual normal = GroupNormalization.groupNorm(x, groups, EPSILON);
    return normal
        .mul(Dual.of(theta.get(0).reshape(perChannel)))
        .add(Dual.of(theta.get(1).reshape(perChannel)));
  }
}
