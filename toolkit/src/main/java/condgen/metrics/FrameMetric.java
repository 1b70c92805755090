package condgen.metrics;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scope;

/**
 * How alike predicted and true frames are, frame by frame. A clip's score is the mean over its
 * frames unless the metric says otherwise. Distances of sets of clips are {@link FrechetVideo}.
 */
public interface FrameMetric {

  /** What to call it beside a number. */
  String name();

  /** True when more is better, as for PSNR and SSIM. */
  boolean higherIsBetter();

  /** What is done to frames in [0, 1] before they are compared; belongs beside every number. */
  String preparation();

  /**
   * A score for each frame.
   *
   * @param predicted (N, C, H, W) in [0, 1]
   * @param truth of the same shape, in [0, 1]
   * @return N numbers
   */
  double[] ofFrames(NDArray predicted, NDArray truth);

  /**
   * A score for each frame of each clip.
   *
   * @param predicted (B, frames, C, H, W) in [−1, 1]; values outside are cut off
   * @param truth of the same shape
   * @return B rows, one number per frame
   * @throws IllegalArgumentException if the shapes differ or hold no frame
   */
  default double[][] perFrame(NDArray predicted, NDArray truth) {
    UnitFrames.requireClips(predicted, truth);
    int frames = (int) predicted.getShape().get(1);
    double[] scores =
        Scope.call(
            () ->
                ofFrames(
                    UnitFrames.of(UnitFrames.flat(predicted)),
                    UnitFrames.of(UnitFrames.flat(truth))));
    double[][] rows = new double[scores.length / frames][frames];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(scores, i * frames, rows[i], 0, frames);
    }
    return rows;
  }

  /**
   * A score for each clip: the mean over its frames.
   *
   * @param predicted (B, frames, C, H, W) in [−1, 1]
   * @param truth of the same shape
   * @return B numbers
   */
  default double[] perClip(NDArray predicted, NDArray truth) {
    double[][] rows = perFrame(predicted, truth);
    double[] scores = new double[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Spread.mean(rows[i]);
    }
    return scores;
  }

  /**
   * The score against the frame number: the mean over all clips at each frame.
   *
   * @param predicted (B, frames, C, H, W) in [−1, 1]
   * @param truth of the same shape
   * @return one number per frame
   */
  default double[] curve(NDArray predicted, NDArray truth) {
    double[][] rows = perFrame(predicted, truth);
    double[] curve = new double[rows[0].length];
    for (double[] row : rows) {
      for (int f = 0; f < curve.length; f++) {
        curve[f] += row[f] / rows.length;
      }
    }
    return curve;
  }
}
