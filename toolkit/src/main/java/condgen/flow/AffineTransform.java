package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;

/**
 * y = scale · x + shift, the same for every number.
 *
 * @param scale not 0
 * @param shift any
 */
public record AffineTransform(double scale, double shift) implements Bijection {

  /** Checks the numbers. */
  public AffineTransform {
    if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(shift)) {
      throw new IllegalArgumentException(
          "scale must be finite and not 0 and shift finite, but are " + scale + " and " + shift);
    }
  }

  @Override
  public NDArray forward(NDArray x) {
    NDArray y = scale == 1 ? x : Scalars.scale(x, scale);
    return shift == 0 ? y : Scalars.add(y, shift);
  }

  @Override
  public NDArray logDeterminant(NDArray x) {
    Samples.require(x, "x");
    double constant = Samples.size(x) * Math.log(Math.abs(scale));
    return Tensors.full(new Shape(x.getShape().get(0)), constant, x.getDataType());
  }

  @Override
  public NDArray inverse(NDArray y) {
    NDArray x = shift == 0 ? y : Scalars.add(y, -shift);
    return scale == 1 ? x : Scalars.scale(x, 1 / scale);
  }
}
