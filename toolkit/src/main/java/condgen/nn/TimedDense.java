package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import java.util.List;

/**
 * Fully connected layer whose input has one more feature, the first: the time. (..., in) to (...,
 * out).
 *
 * <p>The time's column of the weight is added to the bias, which is the same sum.
 *
 * @param in features in, without the time
 * @param out features out
 */
public record TimedDense(int in, int out) implements Layer {

  @Override
  public List<Parameter> parameters() {
    Parameter.Initial initial = Parameter.Initial.fanIn(1L + in);
    return List.of(
        new Parameter("weight", new Shape(out, 1 + in), initial),
        new Parameter("bias", new Shape(out), initial));
  }

  /**
   * The map.
   *
   * @param x (..., in)
   * @param t 0-d, of x's type
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    NDArray weight = theta.get(0);
    NDArray forTime = weight.get(new NDIndex().addAllDim().addSliceDim(0, 1)).reshape(out);
    NDArray forState = weight.get(new NDIndex().addAllDim().addSliceDim(1, 1 + in));
    return LinearMap.linear(x, forState, theta.get(1).add(forTime.mul(t)));
  }
}
