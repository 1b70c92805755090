package condgen.tensor;

import ai.djl.ndarray.NDArray;

/** exp(x) divided by its sum along the last axis. */
public enum Softmax implements Rule {
  /** The only one. */
  LAST_AXIS;

  /** Weights along the last axis that are positive and sum to 1; any shape. */
  public static Dual softmax(Dual x) {
    return Dual.apply(LAST_AXIS, x);
  }

  @Override
  public NDArray value(NDArray[] x) {
    return x[0].softmax(-1);
  }

  /** The Jacobian is symmetric: y (e − Σ y e). */
  private static NDArray product(NDArray y, NDArray e) {
    NDArray weighted = y.mul(e);
    NDArray total = weighted.sum(new int[] {y.getShape().dimension() - 1}, true);
    return weighted.sub(y.mul(total));
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return product(y, tangents[0]);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return product(y, cotangent);
  }
}
