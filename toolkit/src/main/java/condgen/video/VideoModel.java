package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.diffusion.ForwardProcess;
import condgen.nn.Layer;
import condgen.tensor.Arguments;
import condgen.tensor.Seeds;

/**
 * A network with its parameters and all that belongs to them, one call for each task. Frames have
 * shape (batch, frames, channels, side, side) and values around [−1, 1].
 *
 * @param network takes the channels [current, past, future]
 * @param theta its parameters
 * @param window which frames it handles at once
 * @param side of a frame in pixels
 * @param process the forward process it was trained with
 * @param code how it is told the step
 * @param sampler makes a block of frames
 */
public record VideoModel(
    Layer network,
    NDList theta,
    FrameWindow window,
    int side,
    ForwardProcess process,
    StepCode code,
    VideoSampler sampler) {

  /** With DDPM in as many steps. */
  public VideoModel(
      Layer network,
      NDList theta,
      FrameWindow window,
      int side,
      ForwardProcess process,
      StepCode code,
      int steps) {
    this(network, theta, window, side, process, code, VideoSampler.ddpm(process, steps));
  }

  /** This model with another sampler. */
  public VideoModel with(VideoSampler other) {
    return new VideoModel(network, theta, window, side, process, code, other);
  }

  /** ε_θ. */
  public ConditionalNoisePredictor predictor() {
    return ConditionalNoisePredictor.of(network, theta, code, process.schedule().full().steps());
  }

  /** The four tasks with an observer. */
  public BlockwiseRollout rollout(RolloutObserver observer) {
    return new BlockwiseRollout(predictor(), window, sampler, observer);
  }

  private BlockwiseRollout rollout() {
    return rollout(RolloutObserver.NONE);
  }

  /** Future frames, as {@link BlockwiseRollout#predict}. */
  public NDArray predict(NDArray past, int frames, Seeds seeds) {
    requireSide(past, "past");
    return rollout().predict(past, frames, seeds);
  }

  /** Videos of nothing, as {@link BlockwiseRollout#generate}. */
  public NDArray generate(int count, int frames, Seeds seeds) {
    return rollout().generate(count, frames, side, side, seeds);
  }

  /** Frames in between, as {@link BlockwiseRollout#interpolate}. */
  public NDArray interpolate(NDArray past, NDArray future, Seeds seeds) {
    requireSide(past, "past");
    requireSide(future, "future");
    return rollout().interpolate(past, future, seeds);
  }

  /** Earlier frames, as {@link BlockwiseRollout#predictPast}. */
  public NDArray predictPast(NDArray future, int frames, Seeds seeds) {
    requireSide(future, "future");
    return rollout().predictPast(future, frames, seeds);
  }

  /**
   * The current frames of a clip, from what a task lets the network see of it.
   *
   * @param clip (batch, frames of the window, channels, side, side)
   * @return (batch, current, channels, side, side), in the enclosing scope
   */
  public NDArray perform(VideoTask task, NDArray clip, Seeds seeds) {
    window.requireClip(clip);
    requireSide(clip, "clip");
    if (!VideoTask.of(window).contains(task)) {
      throw new IllegalArgumentException("the window " + window + " lacks frames for " + task);
    }
    NDArray past = window.unstack(window.past(clip));
    NDArray future = window.unstack(window.future(clip));
    return switch (task) {
      case PREDICTION -> predict(past, window.current(), seeds);
      case PAST_PREDICTION -> predictPast(future, window.current(), seeds);
      case GENERATION -> generate((int) clip.getShape().get(0), window.current(), seeds);
      case INTERPOLATION -> interpolate(past, future, seeds);
    };
  }

  private void requireSide(NDArray frames, String name) {
    Arguments.requireShape(frames, name, -1, -1, window.channels(), side, side);
  }
}
