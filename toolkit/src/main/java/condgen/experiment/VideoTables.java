package condgen.experiment;

import condgen.thesis.TableRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * What the thesis prints about videos: the rows of Tables 7.2 to 7.9, and Table 7.1 about the
 * training. The numbers are two tables beside this class, one row each line, and are copied, not
 * computed: what a run of ours gives is another thing ({@code VideoQuality}).
 */
@TableRef({"7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9"})
public final class VideoTables {

  /** Metrics of the tables, in the order of their columns. */
  public static final List<String> METRICS = List.of("FVD", "PSNR", "SSIM", "LPIPS", "MSE");

  private static final List<String> COUNTS =
      List.of("context", "trained", "predicted", "trajectories");
  private static final Set<String> TEXTS =
      Set.of("table", "data", "method", "source", "note", "model", "GPU");
  private static final List<VideoTableRow> ROWS = readRows();

  private VideoTables() {}

  /** All rows, in the thesis's order. */
  public static List<VideoTableRow> rows() {
    return ROWS;
  }

  /**
   * The rows of a table.
   *
   * @param table from 7.2 to 7.9
   */
  public static List<VideoTableRow> rows(String table) {
    List<VideoTableRow> rows = ROWS.stream().filter(r -> r.table().equals(table)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("table must be from 7.2 to 7.9, but is " + table);
    }
    return rows;
  }

  /**
   * The one row of the thesis's own models that is of this variant and judges so many frames.
   *
   * @param table from 7.2 to 7.9
   * @param variant such as {@code concat past-mask}
   * @param context frames that are given
   * @param predicted frames that are judged
   * @throws IllegalArgumentException if there is none
   */
  public static VideoTableRow ours(String table, String variant, int context, int predicted) {
    return rows(table).stream()
        .filter(r -> r.ours() && r.method().equals(variant))
        .filter(r -> r.context() == context && r.predicted() == predicted)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variant must be one of table %s for %d -> %d frames, but is %s"
                        .formatted(table, context, predicted, variant)));
  }

  /**
   * Table 7.1: model, parameters in millions, CPU memory in GB, batch, GPU, GPU memory in GB,
   * steps, GPU hours.
   */
  public static Table compute() {
    return read("video-compute.tsv").setName("Table 7.1");
  }

  private static List<VideoTableRow> readRows() {
    return read("video-tables.tsv").stream().map(VideoTables::row).toList();
  }

  private static VideoTableRow row(Row row) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    COUNTS.forEach(
        c -> counts.put(c, row.isMissing(c) ? VideoTableRow.NOT_PRINTED : (int) row.getDouble(c)));
    return new VideoTableRow(
        row.getString("table"),
        row.getString("data"),
        row.getString("method"),
        row.getString("source"),
        counts.get("context"),
        counts.get("trained"),
        counts.get("predicted"),
        counts.get("trajectories"),
        numbers(row, ""),
        numbers(row, "±"),
        row.getString("note"));
  }

  private static Table read(String resource) {
    try (InputStream bytes = VideoTables.class.getResourceAsStream(resource);
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      return Table.read()
          .usingOptions(
              CsvReadOptions.builder(text)
                  .separator('\t')
                  .columnTypes(c -> TEXTS.contains(c) ? ColumnType.STRING : ColumnType.DOUBLE)
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private static Map<String, Double> numbers(Row row, String mark) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String metric : METRICS) {
      String column = mark + metric;
      if (row.columnNames().contains(column) && !row.isMissing(column)) {
        numbers.put(metric, row.getDouble(column));
      }
    }
    return numbers;
  }
}
