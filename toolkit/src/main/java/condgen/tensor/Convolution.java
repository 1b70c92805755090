package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * Two-dimensional convolution (cross-correlation, as is usual). Jᵀ·e is the transposed convolution,
 * which the engine lacks: the cotangent is spread by the stride with zeros between and convolved
 * with the mirrored kernel.
 *
 * @param weight (out, in, kernel height, kernel width)
 * @param bias (out), or null
 * @param stride step of the window, the same in both axes
 * @param padding zeros added at each side, the same in both axes
 */
public record Convolution(NDArray weight, NDArray bias, int stride, int padding) implements Rule {

  /** Up to so many input channels it has a way of its own, which is right. */
  private static final int COLOURS = 3;

  /**
   * Convolves images.
   *
   * @param x (batch, in, height, width)
   * @param weight (out, in, kernel height, kernel width)
   * @param bias (out), or null
   * @return (batch, out, height', width'), height' = (height + 2·padding − kernel height) / stride
   *     + 1, rounded down
   */
  public static Dual conv2d(Dual x, NDArray weight, NDArray bias, int stride, int padding) {
    if (stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "stride must be at least 1 and padding at least 0, but are "
              + stride
              + " and "
              + padding);
    }
    Arguments.requireShape(x.value(), "x", -1, weight.getShape().get(1), -1, -1);
    return Dual.apply(new Convolution(weight, bias, stride, padding), x);
  }

  /**
   * Convolves with whole blocks of channels.
   *
   * <p>libtorch's float32 CPU convolution handles channels in blocks of 16. On processors with
   * AVX-512 the result for 24 input channels is wrong, and with other output widths than whole
   * blocks the backward pass reads memory that nobody cleared: NaN and wrong numbers come out. So
   * channels that are missing to a whole block are added here as zeros: to the input when it is
   * more than a grey or colour image, to the output while a gradient is recorded.
   */
  private NDArray convolve(NDArray x, NDArray kernel, NDArray offset, int step, int zeros) {
    if (x.getDataType() != DataType.FLOAT32 || Devices.isGpu()) {
      return plain(x, kernel, offset, step, zeros);
    }
    long out = kernel.getShape().get(0);
    long in = kernel.getShape().get(1);
    long moreIn = in <= COLOURS ? 0 : Padding.missing(in);
    long moreOut = Gradients.isRecording() ? Padding.missing(out) : 0;
    NDArray shift = offset == null ? null : Padding.widen(offset, 0, moreOut);
    NDArray weights = Padding.widen(Padding.widen(kernel, 1, moreIn), 0, moreOut);
    NDArray y = plain(Padding.widen(x, 1, moreIn), weights, shift, step, zeros);
    return moreOut == 0 ? y : y.get(":, 0:" + out);
  }

  private static NDArray plain(NDArray x, NDArray kernel, NDArray offset, int step, int zeros) {
    return Conv2d.conv2d(
            x, kernel, offset, new Shape(step, step), new Shape(zeros, zeros), new Shape(1, 1), 1)
        .singletonOrThrow();
  }

  @Override
  public NDArray value(NDArray[] x) {
    return convolve(x[0], weight, bias, stride, padding);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return convolve(tangents[0], weight, null, stride, padding);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    Shape kernel = weight.getShape();
    NDArray mirrored = weight.flip(2, 3).transpose(1, 0, 2, 3);
    NDArray spread = cotangent;
    for (int axis = 2; axis <= 3; axis++) {
      long before = kernel.get(axis) - 1 - padding;
      long size = x[0].getShape().get(axis) + kernel.get(axis) - 1;
      spread = Padding.fit(Padding.spread(spread, axis, stride), axis, before, size);
    }
    return convolve(spread, mirrored, null, 1, 0);
  }
}
