package condgen.experiment;

import condgen.metrics.BestOf;
import condgen.metrics.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model, or somebody who learnt nothing, reaches under a protocol.
 *
 * @param method who made the frames
 * @param protocol how they were judged
 * @param frames scores against the true frames, by {@link VideoQuality}'s names; empty where there
 *     are none, since nothing was given
 * @param distances of the sets of clips, one for each trajectory; empty if none was measured
 * @param card what else the numbers depend on: how frames were prepared, which features
 */
public record VideoScore(
    String method,
    VideoProtocol protocol,
    Map<String, BestOf> frames,
    List<Double> distances,
    Map<String, String> card) {

  /** Name of the distance among {@link #values}. */
  public static final String DISTANCE = "distance";

  /** Marks the half-width of a 95 % interval of a mean over clips. */
  public static final String HALF_WIDTH = " ±";

  /**
   * All numbers by name, for a run card: for each metric {@code PSNR best}, {@code PSNR best ±},
   * and the same of {@code mean}; {@code distance} and {@code distance ±}, of which the last is the
   * standard deviation over trajectories, when there are two or more.
   */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    frames.forEach(
        (name, score) -> {
          put(values, name + " best", score.best());
          put(values, name + " mean", score.mean());
        });
    if (!distances.isEmpty()) {
      double mean = distances.stream().mapToDouble(d -> d).average().orElseThrow();
      values.put(DISTANCE, mean);
      if (distances.size() > 1) {
        double squares = distances.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
        values.put(DISTANCE + HALF_WIDTH, Math.sqrt(squares / (distances.size() - 1)));
      }
    }
    return values;
  }

  private static void put(Map<String, Double> values, String name, Spread spread) {
    values.put(name, spread.mean());
    if (!Double.isNaN(spread.halfWidth())) {
      values.put(name + HALF_WIDTH, spread.halfWidth());
    }
  }

  /** Everything in lines for a person. */
  @Override
  public String toString() {
    String scores = frames.values().stream().map(s -> "\n  " + s).collect(Collectors.joining());
    String apart =
        distances.isEmpty()
            ? ""
            : String.format(Locale.ROOT, "%n  distance of clips: %.4g", values().get(DISTANCE));
    String prepared =
        card.entrySet().stream()
            .map(e -> "\n  " + e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining());
    return method + ", " + protocol + scores + apart + prepared;
  }
}
