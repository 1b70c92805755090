package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/**
 * y = x Wᵀ + b. Weight and bias are constants of the products; their gradients are recorded as
 * usual.
 *
 * @param weight (out, in)
 * @param bias (out), or null
 */
public record LinearMap(NDArray weight, NDArray bias) implements Rule {

  /**
   * x Wᵀ + b.
   *
   * @param x (..., in)
   * @param weight (out, in)
   * @param bias (out), or null
   * @return (..., out)
   */
  public static Dual linear(Dual x, NDArray weight, NDArray bias) {
    long in = weight.getShape().get(1);
    long came = x.shape().get(x.shape().dimension() - 1);
    if (came != in) {
      throw new IllegalArgumentException(
          "x must have "
              + in
              + " features in its last axis for a weight of shape "
              + weight.getShape()
              + ", but has shape "
              + x.shape());
    }
    return Dual.apply(new LinearMap(weight, bias), x);
  }

  private static NDArray map(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  @Override
  public NDArray value(NDArray[] x) {
    return map(x[0], weight, bias);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return map(tangents[0], weight, null);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return cotangent.matMul(weight);
  }
}
