package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The same elements in another shape. */
record Reshaping(Shape shape) implements Rule {
  @Override
  public NDArray value(NDArray[] x) {
    return x[0].reshape(shape);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return tangents[0].reshape(shape);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return cotangent.reshape(x[0].getShape());
  }
}
