package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import java.util.List;

/**
 * Fully connected layer y = x Wᵀ + b that starts as those of the released video models: weights by
 * {@link Parameter.Initial#fanAverage}, biases 0. (..., in) to (..., out).
 *
 * @param in features in
 * @param out features out
 */
public record ScaledDense(int in, int out) implements Layer {
  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("weight", new Shape(out, in), Parameter.Initial.fanAverage(in, out, 1)),
        new Parameter("bias", new Shape(out), Parameter.Initial.zeros()));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    return LinearMap.linear(x, theta.get(0), theta.get(1));
  }
}
