package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A linear map of images that works on rows and columns apart: y = R x Cᵀ for each channel, as two
 * matrix products. Resampling with a short filter is one with matrices of few bands; at image sizes
 * the products cost less than a convolution by channel.
 *
 * @param rows R, (height', height)
 * @param columns C, (width', width)
 */
public record SeparableMap(NDArray rows, NDArray columns) implements Rule {

  /**
   * R x Cᵀ.
   *
   * @param x (B, C, height, width)
   * @param rows R, (height', height)
   * @param columns C, (width', width)
   * @return (B, C, height', width')
   */
  public static Dual map(Dual x, NDArray rows, NDArray columns) {
    Arguments.requireShape(
        x.value(), "x", -1, -1, rows.getShape().get(1), columns.getShape().get(1));
    return Dual.apply(new SeparableMap(rows, columns), x);
  }

  private static NDArray map(NDArray x, NDArray left, NDArray right) {
    Shape s = x.getShape();
    long images = s.get(0) * s.get(1);
    NDArray narrow = x.reshape(new Shape(images * s.get(2), s.get(3))).matMul(right);
    long width = right.getShape().get(1);
    NDArray each = narrow.reshape(new Shape(images, s.get(2), width));
    long height = left.getShape().get(0);
    return left.expandDims(0)
        .broadcast(new Shape(images, height, s.get(2)))
        .matMul(each)
        .reshape(new Shape(s.get(0), s.get(1), height, width));
  }

  @Override
  public NDArray value(NDArray[] x) {
    return map(x[0], rows, columns.transpose(1, 0));
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return map(tangents[0], rows, columns.transpose(1, 0));
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return map(cotangent, rows.transpose(1, 0), columns);
  }
}
