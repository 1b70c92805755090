package condgen.experiment;

import condgen.thesis.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A table of the thesis with rows of ours below: the thesis's numbers as printed, ours with the
 * half-width of a 95 % interval over clips, and in words why the two can or cannot be compared.
 */
@TableRef({"7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9"})
public final class VideoComparison {

  /** Heading of the distance of clips, which is no FVD. */
  public static final String DISTANCE = "distance (not FVD)";

  private record Line(
      String method,
      String from,
      String frames,
      String drawn,
      Map<String, String> numbers,
      String comparable) {}

  private final String number;
  private final List<Line> lines;

  private VideoComparison(String number, List<Line> lines) {
    this.number = number;
    this.lines = lines;
  }

  /**
   * The thesis's rows alone.
   *
   * @param number of the table, from 7.2 to 7.9
   */
  public static VideoComparison of(String number) {
    return of(number, row -> true);
  }

  /** Some of the thesis's rows alone. */
  public static VideoComparison of(String number, Predicate<VideoTableRow> which) {
    return new VideoComparison(
        number,
        VideoTables.rows(number).stream().filter(which).map(VideoComparison::line).toList());
  }

  /**
   * One more row of ours.
   *
   * @param method what made the frames
   * @param thesis the protocol of the thesis that it stands for
   * @param ours how it was really measured
   * @param values by the names of {@link VideoScore#values}
   */
  public VideoComparison and(
      String method, VideoProtocol thesis, VideoProtocol ours, Map<String, Double> values) {
    List<Line> more = new ArrayList<>(lines);
    more.add(
        new Line(
            method,
            "here",
            ours.given() + " -> " + ours.predicted(),
            String.valueOf(ours.trajectories()),
            numbers(values),
            ours.whyNotComparable(thesis)));
    return new VideoComparison(number, more);
  }

  private static Line line(VideoTableRow row) {
    Map<String, String> numbers = new LinkedHashMap<>();
    row.values()
        .forEach(
            (metric, value) -> {
              Double spread = row.spreads().get(metric);
              numbers.put(metric, plain(value) + (spread == null ? "" : " ± " + plain(spread)));
            });
    return new Line(
        row.method(),
        row.ours() ? "thesis" : row.source(),
        count(row.context()) + " -> " + count(row.predicted()),
        row.trajectories() == VideoTableRow.NOT_PRINTED ? "" : count(row.trajectories()),
        numbers,
        "");
  }

  private static String count(int count) {
    return count == VideoTableRow.NOT_PRINTED ? "?" : String.valueOf(count);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static Map<String, String> numbers(Map<String, Double> values) {
    Map<String, String> numbers = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!name.endsWith(VideoScore.HALF_WIDTH) && heading(name) != null) {
            Double half = values.get(name + VideoScore.HALF_WIDTH);
            String format = name.contains("PSNR") ? "%.2f" : "%.3g";
            numbers.put(
                heading(name),
                String.format(Locale.ROOT, format, value)
                    + (half == null ? "" : String.format(Locale.ROOT, " ± %.1g", half)));
          }
        });
    return numbers;
  }

  private static String heading(String name) {
    if (name.equals(VideoScore.DISTANCE)) {
      return DISTANCE;
    }
    return name.endsWith(" best")
        ? name.substring(0, name.length() - " best".length())
        : name.endsWith(" mean") ? name : null;
  }

  /**
   * The table; a column for each metric that some row has.
   *
   * @param metrics which of ours to show besides the thesis's, such as {@code PSNR mean}
   */
  public Table table(String... metrics) {
    List<String> columns = new ArrayList<>();
    for (String metric : VideoTables.METRICS) {
      if (VideoTables.rows(number).stream().anyMatch(r -> r.values().containsKey(metric))) {
        columns.add(metric);
      }
    }
    for (String metric : metrics) {
      if (!columns.contains(metric)) {
        columns.add(metric);
      }
    }
    Table table = Table.create("Table " + number);
    table.addColumns(column("method", Line::method), column("from", Line::from));
    table.addColumns(column("frames", Line::frames), column("n", Line::drawn));
    for (String metric : columns) {
      table.addColumns(column(metric, line -> line.numbers().getOrDefault(metric, "")));
    }
    return table.addColumns(column("comparable?", Line::comparable));
  }

  private StringColumn column(String name, Function<Line, String> cell) {
    return StringColumn.create(name, lines.stream().map(cell).toList());
  }
}
