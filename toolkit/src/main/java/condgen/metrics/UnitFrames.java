package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;

/**
 * Frames as the metrics of video see them. A model's frames lie in [−1, 1], or a little outside;
 * every metric sees (x + 1) / 2, cut off to [0, 1], in float32 as the released code does. This is
 * the only place where that happens.
 */
public final class UnitFrames {

  private UnitFrames() {}

  /**
   * Frames in [0, 1].
   *
   * @param frames any shape, in [−1, 1]
   * @return the same shape
   */
  public static NDArray of(NDArray frames) {
    Arguments.requireOpen(frames, "frames");
    return Scalars.scale(Scalars.add(frames, 1), 0.5).clip(0, 1);
  }

  /** Refuses what is no clip (B, frames, C, H, W) or holds nothing. */
  static void requireClip(NDArray clip, String name) {
    Arguments.requireShape(clip, name, -1, -1, -1, -1, -1);
    if (clip.size() == 0) {
      throw new IllegalArgumentException(
          name + " must hold frames, but has shape " + clip.getShape());
    }
  }

  /** Refuses clips of different shapes. */
  static void requireClips(NDArray predicted, NDArray truth) {
    requireClip(predicted, "predicted");
    Arguments.requireSameShape(predicted, "predicted", truth, "truth");
  }

  /** Clips (B, frames, C, H, W) as frames (B · frames, C, H, W). */
  public static NDArray flat(NDArray clip) {
    requireClip(clip, "clip");
    Shape shape = clip.getShape();
    return clip.reshape(-1, shape.get(2), shape.get(3), shape.get(4));
  }
}
