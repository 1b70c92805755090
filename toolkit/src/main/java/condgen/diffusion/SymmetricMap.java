package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Rule;
import java.util.function.UnaryOperator;

/**
 * A symmetric linear map, such as Σ or its roots: both products with its Jacobian are the map.
 *
 * @param map keeps the shape
 */
record SymmetricMap(UnaryOperator<NDArray> map) implements Rule {

  @Override
  public NDArray value(NDArray[] x) {
    return map.apply(x[0]);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return map.apply(tangents[0]);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return map.apply(cotangent);
  }
}
