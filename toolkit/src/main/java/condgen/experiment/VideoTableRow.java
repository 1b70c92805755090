package condgen.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of Tables 7.2 to 7.9 of the thesis, as printed. The rows are those of {@link VideoTables}.
 *
 * @param table number of the table
 * @param data name of the data set
 * @param method the method; for a row of the thesis's own model its variant, such as {@code concat
 *     past-mask}
 * @param source where the thesis took the row from; empty for its own
 * @param context frames that are given: p, in Table 7.8 p + f; {@link #NOT_PRINTED} if not said
 * @param trained frames that the model predicts at once: k
 * @param predicted frames that are judged
 * @param trajectories drawn for each clip, of which the best counts: n
 * @param values the numbers by name: FVD, PSNR, SSIM, LPIPS, MSE
 * @param spreads what stands behind their ±, where something does
 * @param note what the thesis says about the row; often empty
 */
public record VideoTableRow(
    String table,
    String data,
    String method,
    String source,
    int context,
    int trained,
    int predicted,
    int trajectories,
    Map<String, Double> values,
    Map<String, Double> spreads,
    String note) {

  /** Stands for a count that the thesis does not print. */
  public static final int NOT_PRINTED = -1;

  /** Keeps copies. */
  public VideoTableRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    spreads = Collections.unmodifiableMap(new LinkedHashMap<>(spreads));
  }

  /** Whether it is one of the thesis's own models. */
  public boolean ours() {
    return source.isEmpty();
  }

  /**
   * A number of the row.
   *
   * @param metric such as FVD
   * @throws IllegalArgumentException if the row has none of that name
   */
  public double value(String metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "metric must be one of " + values.keySet() + ", but is " + metric + ", in " + this);
    }
    return value;
  }

  /**
   * The protocol that the row was measured by: same table, data set, frames given, frames judged
   * and trajectories. The rivals of Table 7.8 have none, since they were given 18 or 16 frames and
   * made 7; nor has the row "pure", of which the thesis prints no counts.
   */
  public Optional<VideoProtocol> protocol() {
    return VideoProtocol.of(table).stream().filter(p -> p.measures(this)).findFirst();
  }

  /** Table, data set, method and counts in a line. */
  @Override
  public String toString() {
    return "%s %s %s (%s -> %s)".formatted(table, data, method, text(context), text(predicted));
  }

  private static String text(int count) {
    return count == NOT_PRINTED ? "?" : String.valueOf(count);
  }
}
