package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import java.util.Arrays;

/**
 * The frames that a network handles at once: past ones that it sees, current ones that it predicts,
 * future ones that it sees.
 *
 * <p>A network takes frames as channels, (batch, frames · channels, height, width): all channels of
 * the first frame, then of the second.
 *
 * @param past how many past frames, from 0
 * @param current how many frames are predicted at once, from 1
 * @param future how many future frames, from 0
 * @param channels of a frame: 1 for grey, 3 for colour
 */
public record FrameWindow(int past, int current, int future, int channels) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public FrameWindow {
    if (past < 0 || current < 1 || future < 0 || channels < 1) {
      throw new IllegalArgumentException(
          "a window needs past >= 0, current >= 1, future >= 0 and channels >= 1, but came past %d, current %d, future %d, channels %d"
              .formatted(past, current, future, channels));
    }
  }

  /** All frames of the window. */
  public int frames() {
    return past + current + future;
  }

  /** The frames that the network sees, past and future. */
  public int seen() {
    return past + future;
  }

  /** What is sampled at once: (current · channels, height, width). */
  public Shape sample(long height, long width) {
    return new Shape((long) current * channels, height, width);
  }

  /**
   * Refuses what is no clip of this window's frames.
   *
   * @param clip (batch, frames, channels, height, width)
   * @throws IllegalArgumentException if the number of frames or channels differs
   */
  public void requireClip(NDArray clip) {
    Arguments.requireShape(clip, "clip", -1, frames(), channels, -1, -1);
  }

  /**
   * A clip of this window out of a longer one.
   *
   * @param video (batch, at least from + frames, channels, height, width)
   * @param from which frame of the video is the first, from 0
   * @throws IllegalArgumentException if the video is too short
   */
  public NDArray cut(NDArray video, int from) {
    Arguments.requireShape(video, "video", -1, -1, channels, -1, -1);
    long length = video.getShape().get(1);
    if (from < 0 || from + frames() > length) {
      throw new IllegalArgumentException(
          "video must hold the %d frames from frame %d on (%d past, %d current, %d future), but has %d"
              .formatted(frames(), from, past, current, future, length));
    }
    return video.get(new NDIndex().addAllDim().addSliceDim(from, from + frames()));
  }

  /** The past frames of a clip as channels. */
  public NDArray past(NDArray clip) {
    return part(clip, 0, past);
  }

  /** The current frames of a clip as channels: x₀ of the diffusion. */
  public NDArray current(NDArray clip) {
    return part(clip, past, current);
  }

  /** The future frames of a clip as channels. */
  public NDArray future(NDArray clip) {
    return part(clip, past + current, future);
  }

  private NDArray part(NDArray clip, int from, int count) {
    requireClip(clip);
    return stack(clip.get(new NDIndex().addAllDim().addSliceDim(from, from + count)));
  }

  /** Frames as channels: (batch, n, channels, height, width) to (batch, n · channels, …). */
  public NDArray stack(NDArray frames) {
    Arguments.requireShape(frames, "frames", -1, -1, channels, -1, -1);
    Shape s = frames.getShape();
    return frames.reshape(s.get(0), s.get(1) * channels, s.get(3), s.get(4));
  }

  /** Channels as frames, the way back from {@link #stack}. */
  public NDArray unstack(NDArray stacked) {
    Arguments.requireShape(stacked, "stacked", -1, -1, -1, -1);
    Shape s = stacked.getShape();
    if (s.get(1) % channels != 0) {
      throw new IllegalArgumentException(
          "stacked must hold frames of " + channels + " channels, but has shape " + s);
    }
    return stacked.reshape(s.get(0), s.get(1) / channels, channels, s.get(2), s.get(3));
  }

  /**
   * What the network sees of a clip: the past frames, then the future frames, masked.
   *
   * @param clip (batch, frames, channels, height, width)
   * @param masks one for the whole batch, or one per clip
   * @return (batch, (past + future) · channels, height, width)
   * @throws IllegalArgumentException if the clip is no {@link #requireClip clip} of this window or
   *     the number of masks is neither 1 nor that of the clips
   */
  public NDArray conditioning(NDArray clip, FrameMask... masks) {
    return conditioning(past(clip), future(clip), masks);
  }

  /**
   * As {@link #conditioning(NDArray, FrameMask...)}, from blocks that are channels already.
   *
   * @param pastFrames (batch, past · channels, height, width)
   * @param futureFrames (batch, future · channels, height, width)
   */
  public NDArray conditioning(NDArray pastFrames, NDArray futureFrames, FrameMask... masks) {
    Arguments.requireShape(pastFrames, "pastFrames", -1, (long) past * channels, -1, -1);
    Shape s = pastFrames.getShape();
    Arguments.requireShape(
        futureFrames, "futureFrames", s.get(0), (long) future * channels, s.get(2), s.get(3));
    int batch = (int) s.get(0);
    if (masks.length != 1 && masks.length != batch) {
      throw new IllegalArgumentException(
          "masks must be one for all or one for each of %d clips, but are %d"
              .formatted(batch, masks.length));
    }
    FrameMask[] each = masks.length == batch ? masks : new FrameMask[batch];
    if (masks.length != batch) {
      Arrays.fill(each, masks[0]);
    }
    double[] keepsPast = Arrays.stream(each).mapToDouble(m -> m.past() ? 1 : 0).toArray();
    double[] keepsFuture = Arrays.stream(each).mapToDouble(m -> m.future() ? 1 : 0).toArray();
    return NDArrays.concat(
        new NDList(
            pastFrames.mul(Tensors.perSample(keepsPast, pastFrames)),
            futureFrames.mul(Tensors.perSample(keepsFuture, futureFrames))),
        1);
  }
}
