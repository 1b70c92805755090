package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.metrics.BestOf;
import condgen.metrics.FrameMetric;
import condgen.metrics.UnitFrames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores of predicted frames together with all that they depend on: which frames, how large, in
 * which range, of how many clips and trajectories, and what was done to them. Print the card, not
 * the number.
 *
 * @param model what predicted them
 * @param frames which frames, for example "10 frames after 5 past ones"
 * @param predicted count, size and range of the predicted frames
 * @param scores best and mean of the trajectories, by metric
 * @param preparations what each metric does to frames first
 */
public record VideoCard(
    String model,
    String frames,
    MetricCard.ImageSet predicted,
    List<BestOf> scores,
    List<String> preparations) {

  /** A card with the scores in order. */
  public VideoCard {
    scores = List.copyOf(scores);
    preparations = List.copyOf(preparations);
    if (scores.isEmpty() || scores.size() != preparations.size()) {
      throw new IllegalArgumentException(
          "scores and preparations must be one per metric, but are %d and %d"
              .formatted(scores.size(), preparations.size()));
    }
  }

  /**
   * Scores predicted clips.
   *
   * @param model what predicted them
   * @param frames which frames they are
   * @param predicted (B · n, frames, C, H, W) in [−1, 1]; the n futures of one clip stand together
   * @param truth (B, frames, C, H, W)
   * @param trajectories n, at least 1
   * @throws IllegalArgumentException if no metric is given, or the shapes do not fit
   */
  public static VideoCard of(
      String model,
      String frames,
      NDArray predicted,
      NDArray truth,
      int trajectories,
      FrameMetric... metrics) {
    List<BestOf> scores = new ArrayList<>();
    List<String> preparations = new ArrayList<>();
    for (FrameMetric metric : metrics) {
      scores.add(BestOf.of(metric, predicted, truth, trajectories));
      preparations.add(metric.preparation());
    }
    return new VideoCard(model, frames, images(model, predicted), scores, preparations);
  }

  private static MetricCard.ImageSet images(String model, NDArray clips) {
    try (NDArray flat = UnitFrames.flat(clips)) {
      return MetricCard.ImageSet.of(model, flat);
    }
  }

  /** The scores of one metric. */
  public BestOf score(String metric) {
    return scores.stream()
        .filter(score -> score.metric().equals(metric))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric must be one of "
                        + scores.stream().map(BestOf::metric).toList()
                        + ", but is "
                        + metric));
  }

  /** Everything by name, for a {@link RunCard}. */
  public Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("model", model);
    entries.put("frames", frames);
    entries.put("predicted", predicted.toString());
    entries.put("clips", scores.get(0).clips());
    entries.put("trajectories per clip", scores.get(0).trajectories());
    for (int i = 0; i < scores.size(); i++) {
      BestOf score = scores.get(i);
      entries.put(score.metric() + " of", preparations.get(i));
      entries.put(score.metric() + ", best", score.best().mean());
      entries.put(score.metric() + ", best, half width", score.best().halfWidth());
      entries.put(score.metric() + ", mean", score.mean().mean());
      entries.put(score.metric() + ", mean, half width", score.mean().halfWidth());
    }
    return entries;
  }

  /** A few lines for a person. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s, %s%n  %s%n", model, frames, predicted));
    for (int i = 0; i < scores.size(); i++) {
      text.append(
          String.format(Locale.ROOT, "  %s%n    of %s%n", scores.get(i), preparations.get(i)));
    }
    return text.toString().stripTrailing();
  }
}
