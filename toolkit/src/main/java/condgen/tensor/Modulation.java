package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;

/**
 * Scale and shift of normalised images, one pair per sample and channel: y (1 + s) + b.
 *
 * <p>The engine has no kernel of this name, but its batch normalisation with mean 0 and variance 1
 * is one: samples and channels together are its channels. It goes through the image once forward
 * and once back, where sums and products by element would go four times as often.
 */
public enum Modulation implements Rule {
  /** Operands y (B, C, H, W), s (B, C) and b (B, C). */
  BY_CHANNEL;

  /**
   * One pair per channel.
   *
   * @param y (B, C, H, W)
   * @param levels (B, 2C), all s, then all b
   * @return (B, C, H, W)
   */
  public static Dual byChannel(Dual y, Dual levels) {
    Shape s = y.shape();
    Arguments.requireShape(levels.value(), "levels", s.get(0), 2 * s.get(1));
    Dual scale = Slicing.slice(levels, 1, 0, s.get(1), 1);
    Dual shift = Slicing.slice(levels, 1, s.get(1), 2 * s.get(1), 1);
    return Dual.apply(BY_CHANNEL, y, scale, shift);
  }

  /**
   * One pair per channel and pixel.
   *
   * @param y (B, C, H, W)
   * @param gamma s, of y's shape
   * @param beta b, of y's shape
   * @return (B, C, H, W)
   */
  public static Dual byPixel(Dual y, Dual gamma, Dual beta) {
    Arguments.requireSameShape(y.value(), "y", gamma.value(), "gamma");
    return y.mul(gamma).add(y).add(beta);
  }

  private static NDArray perImage(NDArray levels) {
    Shape s = levels.getShape();
    return levels.reshape(new Shape(s.get(0), s.get(1), 1, 1));
  }

  private static NDArray factor(NDArray scale) {
    return Scalars.add(scale, 1);
  }

  @Override
  public NDArray value(NDArray[] x) {
    Shape s = x[0].getShape();
    long images = s.get(0) * s.get(1);
    Shape flat = new Shape(images);
    NDArray mean = Tensors.zeros(flat, x[0].getDataType());
    NDArray variance = Tensors.ones(flat, x[0].getDataType());
    NDArray wide = x[0].reshape(new Shape(1, images, s.get(2), s.get(3)));
    NDArray scale = factor(x[1]).reshape(flat);
    NDArray shift = x[2].reshape(flat);
    return BatchNorm.batchNorm(wide, mean, variance, scale, shift, 1, 0f, 0f, false)
        .singletonOrThrow()
        .reshape(s);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    NDArray total = null;
    if (tangents[0] != null) {
      total = tangents[0].mul(perImage(factor(x[1])));
    }
    if (tangents[1] != null) {
      NDArray part = x[0].mul(perImage(tangents[1]));
      total = total == null ? part : total.add(part);
    }
    if (tangents[2] != null) {
      NDArray part = perImage(tangents[2]);
      total = total == null ? part.broadcast(y.getShape()) : total.add(part);
    }
    return total;
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return switch (operand) {
      case 0 -> cotangent.mul(perImage(factor(x[1])));
      case 1 -> cotangent.mul(x[0]).sum(new int[] {2, 3});
      default -> cotangent.sum(new int[] {2, 3});
    };
  }
}
