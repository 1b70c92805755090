package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;

/**
 * Several futures of each clip, in the order of the released code: all of the first clip, then all
 * of the second.
 *
 * @param perClip how many for each clip, from 1
 */
public record Trajectories(int perClip) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Trajectories {
    if (perClip < 1) {
      throw new IllegalArgumentException("perClip must be at least 1, but is " + perClip);
    }
  }

  /**
   * Each clip perClip times in a row.
   *
   * @param clips (clips, ...)
   * @return (clips · perClip, ...)
   */
  public NDArray repeat(NDArray clips) {
    Arguments.requireRows(clips, "clips", 1);
    return clips.repeat(0, perClip);
  }

  /**
   * The futures by clip.
   *
   * @param videos (clips · perClip, ...)
   * @return (clips, perClip, ...)
   * @throws IllegalArgumentException if the number of videos is no multiple of perClip
   */
  public NDArray byClip(NDArray videos) {
    Arguments.requireRows(videos, "videos", perClip);
    Shape s = videos.getShape();
    if (s.get(0) % perClip != 0) {
      throw new IllegalArgumentException(
          "videos must be " + perClip + " for each clip, but are " + s.get(0));
    }
    return videos.reshape(new Shape(s.get(0) / perClip, perClip).addAll(s.slice(1)));
  }
}
