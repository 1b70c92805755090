package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Figure;

/**
 * Videos of any length from a network that makes a few frames at once: block after block, each from
 * fresh noise, seeing the frames made before it.
 *
 * <p>Made frames are fed back as they are, not clamped to [−1, 1]. Video i depends on (seeds, i)
 * alone. Frames have shape (batch, frames, channels, height, width).
 *
 * @param network ε_θ
 * @param window which frames it handles at once
 * @param sampler makes a block
 * @param observer sees each block
 */
@Figure({"7.2", "7.3"})
public record BlockwiseRollout(
    ConditionalNoisePredictor network,
    FrameWindow window,
    VideoSampler sampler,
    RolloutObserver observer) {

  /** Unobserved. */
  public BlockwiseRollout(
      ConditionalNoisePredictor network, FrameWindow window, VideoSampler sampler) {
    this(network, window, sampler, RolloutObserver.NONE);
  }

  /**
   * The frames that follow; future frames of the window stay masked.
   *
   * @param past the past frames of the window
   * @param frames how many frames, any number from 1
   * @param seeds seeds of these videos
   * @return (batch, frames, channels, height, width), in the enclosing scope
   * @throws IllegalArgumentException if past does not hold the window's past frames
   */
  public NDArray predict(NDArray past, int frames, Seeds seeds) {
    requireBlock(past, "past", window.past());
    return roll(past, masked(past, window.future()), frames, seeds);
  }

  /**
   * Videos of nothing: the past is masked for the first block, afterwards it is what was made. The
   * released code makes as many frames as a prediction has together with its past.
   *
   * @param count how many videos
   * @param frames how many frames, any number from 1
   * @return (count, frames, channels, height, width), in the enclosing scope
   */
  public NDArray generate(int count, int frames, long height, long width, Seeds seeds) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
    try (Scope scope = Scope.open()) {
      NDArray like = Tensors.zeros(new Shape(count, 1, window.channels(), height, width));
      return scope.keep(
          roll(masked(like, window.past()), masked(like, window.future()), frames, seeds));
    }
  }

  /**
   * The frames between past and future, as many as the window's current ones.
   *
   * @param past the past frames of the window
   * @param future its future frames
   * @return (batch, current, channels, height, width), in the enclosing scope
   */
  public NDArray interpolate(NDArray past, NDArray future, Seeds seeds) {
    requireBlock(past, "past", window.past());
    if (window.future() == 0) {
      throw new IllegalArgumentException("interpolation needs a window with future frames");
    }
    return roll(past, future, window.current(), seeds);
  }

  /**
   * The frames that came before, made backwards block by block.
   *
   * @param future the future frames of the window
   * @param frames how many frames, any number from 1
   * @return (batch, frames, channels, height, width) in the order of time, the last one followed by
   *     the future's first; in the enclosing scope
   */
  public NDArray predictPast(NDArray future, int frames, Seeds seeds) {
    requireBlock(future, "future", window.future());
    requireFrames(frames);
    if (window.future() == 0) {
      throw new IllegalArgumentException("past prediction needs a window with future frames");
    }
    try (Scope scope = Scope.open()) {
      NDArray past = masked(future, window.past());
      NDArray seen = future;
      NDArray made = null;
      int blocks = blocks(frames);
      for (int block = 1; block <= blocks; block++) {
        NDArray next = block(past, seen, block, blocks, seeds);
        seen = first(join(next, seen), window.future());
        made = made == null ? next : join(next, made);
      }
      return scope.keep(last(made, frames));
    }
  }

  /**
   * The loop of the released code: after each block the past becomes the last frames of (past,
   * block), and the future stays what it was.
   *
   * @param past the past frames of the window; zeros are a mask
   * @param future its future frames; zeros are a mask
   * @param frames how many frames, any number from 1; surplus frames of the last block are dropped
   * @return (batch, frames, channels, height, width), in the enclosing scope
   */
  public NDArray roll(NDArray past, NDArray future, int frames, Seeds seeds) {
    requireBlock(past, "past", window.past());
    Shape s = past.getShape();
    Arguments.requireShape(
        future, "future", s.get(0), window.future(), s.get(2), s.get(3), s.get(4));
    requireFrames(frames);
    try (Scope scope = Scope.open()) {
      NDArray seen = past;
      NDArray made = null;
      int blocks = blocks(frames);
      for (int block = 1; block <= blocks; block++) {
        NDArray next = block(seen, future, block, blocks, seeds);
        seen = last(join(seen, next), window.past());
        made = made == null ? next : join(made, next);
      }
      return scope.keep(first(made, frames));
    }
  }

  private NDArray block(NDArray past, NDArray future, int block, int blocks, Seeds seeds) {
    try (Scope scope = Scope.open()) {
      NDArray conditioning =
          window.conditioning(window.stack(past), window.stack(future), FrameMask.INTERPOLATION);
      Shape s = past.getShape();
      NDArray frames =
          sampler.sample(
              network.given(conditioning),
              window.sample(s.get(3), s.get(4)),
              (int) s.get(0),
              seeds.part("block " + block),
              observer.stepsOf(block, blocks));
      observer.observe(block, blocks, conditioning, frames);
      return scope.keep(window.unstack(frames));
    }
  }

  private int blocks(int frames) {
    return (frames + window.current() - 1) / window.current();
  }

  private static void requireFrames(int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("frames must be at least 1, but is " + frames);
    }
  }

  private void requireBlock(NDArray frames, String name, int count) {
    Arguments.requireShape(frames, name, -1, count, window.channels(), -1, -1);
  }

  private static NDArray masked(NDArray like, int frames) {
    Shape s = like.getShape();
    return Tensors.zeros(new Shape(s.get(0), frames, s.get(2), s.get(3), s.get(4)));
  }

  private static NDArray join(NDArray before, NDArray after) {
    return NDArrays.concat(new NDList(before, after), 1);
  }

  private static NDArray first(NDArray frames, int count) {
    return frames.get(new NDIndex().addAllDim().addSliceDim(0, count));
  }

  private static NDArray last(NDArray frames, int count) {
    long all = frames.getShape().get(1);
    return frames.get(new NDIndex().addAllDim().addSliceDim(all - count, all));
  }
}
