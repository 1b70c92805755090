package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * Extrapolation by constant velocity. Around each pixel of the last frame, the velocity is found
 * that brings the frame before it into register (block matching, see {@link MovingFrame}); what has
 * one moves on over what stood still, and vanishes beyond the border: nothing bounces. With one
 * known frame nothing moves.
 */
final class SteadyMotion implements VideoBaseline {

  /** Rows and columns that a frame must have at least. */
  private static final int LEAST = 8;

  @Override
  public String name() {
    return "steady motion";
  }

  @Override
  public NDArray predict(NDArray past, NDArray future, int frames) {
    Baselines.require(past, future, frames, false);
    try (Scope scope = Scope.open()) {
      NDArray on = past == null ? null : extrapolate(past, frames);
      NDArray back = future == null ? null : extrapolate(future.flip(1), frames).flip(1);
      return scope.keep(on == null ? back : back == null ? on : Baselines.fade(on, back));
    }
  }

  private static NDArray extrapolate(NDArray known, int frames) {
    Shape shape = known.getShape();
    int batch = (int) shape.get(0);
    int past = (int) shape.get(1);
    int channels = (int) shape.get(2);
    int height = (int) shape.get(3);
    int width = (int) shape.get(4);
    if (Math.min(height, width) < LEAST) {
      throw new IllegalArgumentException(
          "frames must have at least 8 x 8 pixels, but the known ones have shape " + shape);
    }
    double[] values = Tensors.toDoubles(known);
    int size = channels * height * width;
    float[] result = new float[batch * frames * size];
    for (int b = 0; b < batch; b++) {
      int last = (b * past + past - 1) * size;
      MovingFrame frame =
          MovingFrame.of(
              part(values, last, size),
              part(values, past == 1 ? last : last - size, size),
              channels,
              height,
              width);
      for (int k = 1; k <= frames; k++) {
        double[] moved = frame.after(k);
        int at = (b * frames + k - 1) * size;
        for (int i = 0; i < size; i++) {
          result[at + i] = (float) Math.max(-1, Math.min(1, moved[i]));
        }
      }
    }
    return Tensors.of(result, new Shape(batch, frames, channels, height, width));
  }

  private static double[] part(double[] values, int from, int size) {
    double[] part = new double[size];
    System.arraycopy(values, from, part, 0, size);
    return part;
  }
}
