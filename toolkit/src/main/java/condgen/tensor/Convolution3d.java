package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv3d;
import java.util.Collections;
import java.util.List;

/**
 * Convolution of clips over time, rows and columns (cross-correlation, as is usual). Jᵀ·e is the
 * transposed convolution, by spread zeros and the mirrored kernel as in {@link Convolution}.
 *
 * @param weight (out, in, kernel frames, kernel height, kernel width)
 * @param bias (out), or null
 * @param stride steps of the window in time, rows and columns
 * @param padding zeros added at each end of time, rows and columns
 */
public record Convolution3d(
    NDArray weight, NDArray bias, List<Integer> stride, List<Integer> padding) implements Rule {

  /** Up to so many input channels libtorch has a way of its own, which is right. */
  private static final int COLOURS = 3;

  private static final List<Integer> ONE = List.of(1, 1, 1);

  private static final List<Integer> NONE = List.of(0, 0, 0);

  /** Checks that the parts fit. */
  public Convolution3d {
    Arguments.requireShape(weight, "weight", -1, -1, -1, -1, -1);
    if (bias != null) {
      Arguments.requireShape(bias, "bias", weight.getShape().get(0));
    }
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    if (stride.size() != 3 || padding.size() != 3) {
      throw new IllegalArgumentException(
          "stride and padding must have 3 numbers, but are " + stride + " and " + padding);
    }
    if (Collections.min(stride) < 1 || Collections.min(padding) < 0) {
      throw new IllegalArgumentException(
          "stride must be at least 1 and padding at least 0, but are "
              + stride
              + " and "
              + padding);
    }
  }

  /**
   * Convolves clips. As in {@link Convolution} float32 channels are padded to whole blocks of 16
   * with zeros, because libtorch's CPU convolution is wrong for other widths on some processors.
   *
   * @param x (batch, in, frames, height, width)
   * @param weight (out, in, kernel frames, kernel height, kernel width)
   * @param bias (out), or null
   * @param stride steps of the window in time, rows and columns, each at least 1
   * @param padding zeros added at each end of time, rows and columns
   * @return (batch, out, frames', height', width'), each (size + 2 · padding − kernel) / stride +
   *     1, rounded down
   * @throws IllegalArgumentException if shapes do not fit, or the padded clip is smaller than the
   *     kernel
   */
  public static Dual conv3d(
      Dual x, NDArray weight, NDArray bias, List<Integer> stride, List<Integer> padding) {
    Convolution3d convolution = new Convolution3d(weight, bias, stride, padding);
    Arguments.requireShape(x.value(), "x", -1, weight.getShape().get(1), -1, -1, -1);
    for (int axis = 0; axis < 3; axis++) {
      if (x.shape().get(2 + axis) + 2L * padding.get(axis) < weight.getShape().get(2 + axis)) {
        throw new IllegalArgumentException(
            "x with its padding must be as large as the kernel, but is %s with a kernel of %s"
                .formatted(x.shape(), weight.getShape()));
      }
    }
    return Dual.apply(convolution, x);
  }

  private static NDArray convolve(
      NDArray x, NDArray kernel, NDArray offset, List<Integer> steps, List<Integer> zeros) {
    if (x.getDataType() != DataType.FLOAT32 || Devices.isGpu()) {
      return plain(x, kernel, offset, steps, zeros);
    }
    long out = kernel.getShape().get(0);
    long in = kernel.getShape().get(1);
    long moreIn = in <= COLOURS ? 0 : Padding.missing(in);
    long moreOut = Padding.missing(out);
    NDArray wide = Padding.widen(Padding.widen(kernel, 1, moreIn), 0, moreOut);
    NDArray shift = offset == null ? null : Padding.widen(offset, 0, moreOut);
    NDArray y = plain(Padding.widen(x, 1, moreIn), wide, shift, steps, zeros);
    return moreOut == 0 ? y : y.get(":, 0:" + out);
  }

  private static NDArray plain(
      NDArray x, NDArray kernel, NDArray offset, List<Integer> steps, List<Integer> zeros) {
    return Conv3d.conv3d(x, kernel, offset, shape(steps), shape(zeros), shape(ONE), 1)
        .singletonOrThrow();
  }

  private static Shape shape(List<Integer> numbers) {
    return new Shape(numbers.get(0), numbers.get(1), numbers.get(2));
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
    NDArray mirrored = weight.flip(2, 3, 4).transpose(1, 0, 2, 3, 4);
    NDArray spread = cotangent;
    for (int axis = 2; axis <= 4; axis++) {
      long kernel = weight.getShape().get(axis);
      long before = kernel - 1 - padding.get(axis - 2);
      long size = x[0].getShape().get(axis) + kernel - 1;
      spread = Padding.spread(spread, axis, stride.get(axis - 2));
      spread = Padding.fit(spread, axis, before, size);
    }
    return convolve(spread, mirrored, null, ONE, NONE);
  }
}
