package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Seeds;

/** Makes the frames that a protocol judges. */
@FunctionalInterface
interface FrameMaker {

  /**
   * What there is to make frames from.
   *
   * @param past frames that are given before, (count, past, C, side, side), or null
   * @param future frames that are given after, or null
   * @param first number of the first clip
   * @param count clips
   * @param trajectory number of the trajectory, from 0
   * @param seeds of these frames
   */
  record Part(NDArray past, NDArray future, int first, int count, int trajectory, Seeds seeds) {}

  /** Frames (count, predicted, C, side, side). */
  NDArray make(Part part);
}
