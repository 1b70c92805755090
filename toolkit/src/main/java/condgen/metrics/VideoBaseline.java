package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.List;

/**
 * Frames that somebody who learnt nothing would predict. A model is worth its training when it
 * beats all of them: a video changes little from one frame to the next, so they are not as bad as
 * they look.
 *
 * <p>Frames between a past and a future clip are asked for with both, frames after a past clip with
 * {@code future} null, frames before a future clip with {@code past} null.
 */
public interface VideoBaseline {

  /** What to call it in a table. */
  String name();

  /** True when it needs frames on both sides, as linear interpolation does. */
  default boolean betweenOnly() {
    return false;
  }

  /**
   * Predicted frames.
   *
   * @param past (B, P, C, H, W) in [−1, 1], or null
   * @param future (B, F, C, H, W) in [−1, 1], or null
   * @param frames how many, at least 1
   * @return (B, frames, C, H, W) in [−1, 1], in the current scope
   * @throws IllegalArgumentException if both are null, have different batches or frames of
   *     different sizes, or the baseline needs what is null
   */
  NDArray predict(NDArray past, NDArray future, int frames);

  /** The nearest known frame again and again: the last past one, or the first future one. */
  static VideoBaseline copyLast() {
    return Baselines.of(
        "copy of the last frame", false, (past, future, frames) -> Baselines.copy(past, future));
  }

  /** Black: −1 everywhere. */
  static VideoBaseline black() {
    return Baselines.of(
        "black frame",
        false,
        (past, future, frames) -> Scalars.add(Tensors.zerosLike(Baselines.copy(past, future)), -1));
  }

  /**
   * The mean over training clips and their frames; among still images that know nothing of the past
   * it has the least squared error.
   *
   * @param training (N, frames, C, H, W) in [−1, 1]
   * @return a baseline that lives as long as the process
   */
  static VideoBaseline meanFrame(NDArray training) {
    UnitFrames.requireClip(training, "training");
    Shape shape = training.getShape();
    NDArray mean =
        Scope.call(() -> Scope.disown(UnitFrames.flat(training).mean(new int[] {0}, true)));
    return Baselines.of(
        "mean training frame",
        false,
        (past, future, frames) -> {
          NDArray like = Baselines.copy(past, future);
          Arguments.requireShape(like, "past", -1, 1, shape.get(2), shape.get(3), shape.get(4));
          return Tensors.zerosLike(like).add(mean);
        });
  }

  /** Cross-fading from the last past frame to the first future frame. */
  static VideoBaseline linearInterpolation() {
    return Baselines.of("linear interpolation", true, Baselines::fade);
  }

  /**
   * What moved in the last two frames goes on at the same velocity over what stood still, see
   * {@link SteadyMotion}. Between two clips, the motion goes on from both sides and is cross-faded.
   */
  static VideoBaseline steadyMotion() {
    return new SteadyMotion();
  }

  /**
   * All that can predict frames after a past clip.
   *
   * @param training (N, frames, C, H, W) in [−1, 1], for the mean frame
   */
  static List<VideoBaseline> forPrediction(NDArray training) {
    return List.of(copyLast(), black(), meanFrame(training), steadyMotion());
  }

  /**
   * All that can predict frames between two clips.
   *
   * @param training (N, frames, C, H, W) in [−1, 1], for the mean frame
   */
  static List<VideoBaseline> forInterpolation(NDArray training) {
    return List.of(copyLast(), black(), meanFrame(training), linearInterpolation(), steadyMotion());
  }
}
