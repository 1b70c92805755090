package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;

/** Arrays whose first axis counts samples. */
final class Samples {

  private Samples() {}

  /** Refuses an array without samples. */
  static void require(NDArray x, String name) {
    Arguments.requireOpen(x, name);
    if (x.getShape().dimension() < 2 || x.size() == 0) {
      throw new IllegalArgumentException(
          name + " must have shape (batch, ...) and not be empty, but has " + x.getShape());
    }
  }

  /** Numbers in one sample. */
  static long size(NDArray x) {
    return x.size() / x.getShape().get(0);
  }

  /** The sum over each sample: (batch, ...) to (batch). */
  static NDArray sum(NDArray x) {
    Shape shape = x.getShape();
    NDArray flat = shape.dimension() == 2 ? x : x.reshape(new Shape(shape.get(0), -1));
    return flat.sum(new int[] {1});
  }
}
