package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;

/**
 * Square frames of one size, as the released code prepares them for FVD: the shorter side is
 * brought to the size wanted (bilinear between pixel centres, not smoothed), the longer one in
 * proportion and rounded up, and the middle is cut out. Places between pixels are float32 numbers,
 * as there.
 */
public final class SquareFrames {

  private SquareFrames() {}

  /**
   * Square frames.
   *
   * @param frames (N, C, H, W)
   * @param side of the result, at least 1
   * @return (N, C, side, side)
   */
  public static NDArray of(NDArray frames, int side) {
    Arguments.requireShape(frames, "frames", -1, -1, -1, -1);
    Arguments.requireRows(frames, "frames", 1);
    if (side < 1) {
      throw new IllegalArgumentException("side must be at least 1, but is " + side);
    }
    int height = (int) frames.getShape().get(2);
    int width = (int) frames.getShape().get(3);
    if (height == side && width == side) {
      return frames;
    }
    double scale = (double) side / Math.min(height, width);
    NDArray rows = middle(height, height <= width ? side : (int) Math.ceil(height * scale), side);
    NDArray columns = middle(width, width <= height ? side : (int) Math.ceil(width * scale), side);
    Shape shape = frames.getShape();
    NDArray wide = frames.reshape(-1, width).matMul(columns.transpose());
    NDArray tall = wide.reshape(-1, height, side).transpose(0, 2, 1).reshape(-1, height);
    NDArray square = tall.matMul(rows.transpose()).reshape(-1, side, side).transpose(0, 2, 1);
    return square.reshape(shape.get(0), shape.get(1), side, side);
  }

  /**
   * Weights (side, from) of the middle of an axis that is stretched from {@code from} to {@code
   * to}.
   */
  private static NDArray middle(int from, int to, int side) {
    float[] weights = new float[side * from];
    int first = (to - side) / 2;
    float scale = (float) from / to;
    for (int i = 0; i < side; i++) {
      float place = Math.max(0, (first + i + 0.5f) * scale - 0.5f);
      int left = Math.min(from - 1, (int) place);
      int right = Math.min(from - 1, left + 1);
      weights[i * from + left] += 1 - (place - left);
      weights[i * from + right] += place - left;
    }
    return Tensors.of(weights, new Shape(side, from));
  }
}
