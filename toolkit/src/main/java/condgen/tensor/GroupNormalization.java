package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;

/**
 * Normalises each group of channels of each sample to mean 0 and variance 1, without scale and
 * shift.
 *
 * @param groups number of groups; it divides the number of channels
 * @param epsilon added to the variance
 */
public record GroupNormalization(int groups, double epsilon) implements Rule {

  /**
   * Normalises.
   *
   * @param x (batch, channels, ...)
   * @return the same shape
   */
  public static Dual groupNorm(Dual x, int groups, double epsilon) {
    long channels = x.shape().get(1);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the " + channels + " channels of x, but is " + groups);
    }
    return Dual.apply(new GroupNormalization(groups, epsilon), x);
  }

  private NDArray grouped(NDArray x) {
    return x.reshape(new Shape(x.getShape().get(0), groups, -1));
  }

  private static NDArray mean(NDArray grouped) {
    return grouped.mean(new int[] {2}, true);
  }

  private NDArray inverseDeviation(NDArray centred) {
    NDArray variance = mean(centred.mul(centred));
    return Scalars.pow(Scalars.add(variance, epsilon), -0.5);
  }

  @Override
  public NDArray value(NDArray[] x) {
    Shape shape = x[0].getShape();
    long size = x[0].size() / (shape.get(0) * groups);
    NDArray one = Tensors.ones(new Shape(size), x[0].getDataType());
    NDArray zero = Tensors.zerosLike(one);
    NDArray flat = x[0].reshape(new Shape(shape.get(0) * groups, size));
    return LayerNorm.layerNorm(flat, new Shape(size), one, zero, (float) epsilon)
        .singletonOrThrow()
        .reshape(shape);
  }

  /** The Jacobian is symmetric: (e − mean(e) − y·mean(y e)) / deviation, in both directions. */
  private NDArray product(NDArray x, NDArray y, NDArray e) {
    NDArray grouped = grouped(x);
    NDArray scale = inverseDeviation(grouped.sub(mean(grouped)));
    NDArray along = grouped(e);
    NDArray normal = grouped(y);
    NDArray centred = along.sub(mean(along));
    return centred.sub(normal.mul(mean(normal.mul(along)))).mul(scale).reshape(x.getShape());
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return product(x[0], y, tangents[0]);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return product(x[0], y, cotangent);
  }
}
