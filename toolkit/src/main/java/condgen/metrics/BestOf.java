package condgen.metrics;

import ai.djl.ndarray.NDArray;
import java.util.Locale;

/**
 * A stochastic model draws several futures per clip. The literature reports the best of them, which
 * rises with their number even for a model that knows nothing; the mean of them does not, so both
 * stand here. Each metric chooses its own best trajectory.
 *
 * @param metric its name
 * @param clips how many real clips
 * @param trajectories futures drawn per clip, n
 * @param best spread over the clips of the best of n
 * @param mean spread over the clips of the mean of n
 */
public record BestOf(String metric, int clips, int trajectories, Spread best, Spread mean) {

  /**
   * From scores.
   *
   * @param scores clips · n numbers; those of one clip stand together
   * @param trajectories n, at least 1
   * @throws IllegalArgumentException unless the scores fall into groups of n
   */
  public static BestOf of(FrameMetric metric, double[] scores, int trajectories) {
    double[] best = best(metric, scores, trajectories, trajectories);
    double[] mean = new double[best.length];
    for (int i = 0; i < scores.length; i++) {
      mean[i / trajectories] += scores[i] / trajectories;
    }
    return new BestOf(metric.name(), best.length, trajectories, Spread.of(best), Spread.of(mean));
  }

  /**
   * From frames.
   *
   * @param predicted (B · n, frames, C, H, W) in [−1, 1]; the n futures of one clip stand together
   * @param truth (B, frames, C, H, W)
   * @param trajectories n, at least 1
   */
  public static BestOf of(FrameMetric metric, NDArray predicted, NDArray truth, int trajectories) {
    return of(metric, scores(metric, predicted, truth, trajectories), trajectories);
  }

  /**
   * The scores of all trajectories, for {@link #of(FrameMetric, double[], int)}: a set that is too
   * large for the memory is scored in parts.
   *
   * @param predicted (B · n, frames, C, H, W) in [−1, 1]; the n futures of one clip stand together
   * @param truth (B, frames, C, H, W)
   * @return B · n numbers
   */
  public static double[] scores(
      FrameMetric metric, NDArray predicted, NDArray truth, int trajectories) {
    requireGroups(predicted.getShape().get(0), trajectories);
    if (trajectories == 1) {
      return metric.perClip(predicted, truth);
    }
    try (NDArray repeated = truth.repeat(0, trajectories)) {
      return metric.perClip(predicted, repeated);
    }
  }

  /**
   * The best of the first {@code among} trajectories of each clip.
   *
   * @param scores clips · n numbers; those of one clip stand together
   * @param trajectories n
   * @param among from 1 to n
   * @return one number per clip
   */
  public static double[] best(FrameMetric metric, double[] scores, int trajectories, int among) {
    requireGroups(scores.length, trajectories);
    if (among < 1 || among > trajectories) {
      throw new IllegalArgumentException(
          "among must be from 1 to " + trajectories + ", but is " + among);
    }
    double[] best = new double[scores.length / trajectories];
    for (int clip = 0; clip < best.length; clip++) {
      best[clip] = scores[clip * trajectories];
      for (int k = 1; k < among; k++) {
        double score = scores[clip * trajectories + k];
        best[clip] =
            metric.higherIsBetter() ? Math.max(best[clip], score) : Math.min(best[clip], score);
      }
    }
    return best;
  }

  private static void requireGroups(long count, int trajectories) {
    if (trajectories < 1 || count < 1 || count % trajectories != 0) {
      throw new IllegalArgumentException(
          "scores must fall into groups of trajectories, but there are %d of %d"
              .formatted(count, trajectories));
    }
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %d clips: best of %d %s; mean of %d %s",
        metric,
        clips,
        trajectories,
        best,
        trajectories,
        mean);
  }
}
