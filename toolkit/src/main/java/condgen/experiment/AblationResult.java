package condgen.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The rows of an ablation, and what they say together.
 *
 * @param rows in the ablation's order
 */
public record AblationResult(List<AblationRow> rows) {

  /** Keeps a copy. */
  public AblationResult {
    rows = List.copyOf(rows);
  }

  /** These rows, then others: live ones after those of cards, for instance. */
  public AblationResult and(AblationResult others) {
    List<AblationRow> all = new ArrayList<>(rows);
    all.addAll(others.rows);
    return new AblationResult(all);
  }

  /** The rows that have no numbers because something went wrong. */
  public List<AblationRow> failures() {
    return rows.stream().filter(r -> r.origin() == AblationRow.Origin.FAILED).toList();
  }

  /** The settings without their seeds, each once. */
  public List<Setting> settings() {
    return rows.stream().map(r -> r.setting().without(Setting.SEED)).distinct().toList();
  }

  /**
   * Mean, spread and count of one number over the rows that have all values of a setting.
   *
   * @throws IllegalArgumentException if no row has
   */
  public SummaryStatistics of(Setting part, String value) {
    SummaryStatistics statistics = new SummaryStatistics();
    rows.stream()
        .filter(r -> r.setting().has(part) && r.values().containsKey(value))
        .forEach(r -> statistics.addValue(r.values().get(value)));
    if (statistics.getN() == 0) {
      throw new IllegalArgumentException("no row has " + part + " and a number \"" + value + "\"");
    }
    return statistics;
  }

  /** The mean of one number over the rows that have all values of a setting; see {@link #of}. */
  public double mean(Setting part, String value) {
    return of(part, value).getMean();
  }

  /** Where the rows come from, in one line, such as {@code 6 rows: 4 computed, 2 from cards}. */
  public String origins() {
    Map<AblationRow.Origin, Long> counts =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    AblationRow::origin, LinkedHashMap::new, Collectors.counting()));
    return rows.size()
        + (rows.size() == 1 ? " row: " : " rows: ")
        + counts.entrySet().stream()
            .map(e -> e.getValue() + " " + words(e.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String words(AblationRow.Origin origin) {
    return switch (origin) {
      case COMPUTED -> "computed";
      case CARD -> "from cards";
      case FAILED -> "FAILED";
      case ABSENT -> "not computed yet";
    };
  }

  /**
   * A table with a line for each setting: its values, the mean of each number over the seeds with
   * its standard deviation ("±"; missing for one seed), where the rows come from, and, if there is
   * a thesis's row for it, the thesis's numbers and whether they can be compared.
   *
   * @param title of the table
   * @param thesis the thesis's rows; may be empty
   */
  public Table table(String title, List<ThesisRow> thesis) {
    Table table = Table.create(title);
    List<Setting> settings = settings();
    Set<String> names = new LinkedHashSet<>();
    settings.forEach(s -> names.addAll(s.values().keySet()));
    for (String name : names) {
      table.addColumns(
          StringColumn.create(
              name,
              settings.stream()
                  .map(s -> String.valueOf(s.values().getOrDefault(name, "")))
                  .toList()));
    }
    Set<String> numbers = new LinkedHashSet<>();
    rows.forEach(r -> numbers.addAll(r.values().keySet()));
    Set<String> printed = new LinkedHashSet<>();
    thesis.forEach(t -> printed.addAll(t.values().keySet()));
    for (String number : numbers) {
      DoubleColumn mean = DoubleColumn.create(number);
      DoubleColumn spread = DoubleColumn.create("± " + number);
      for (Setting setting : settings) {
        double[] found = numbersOf(setting, number);
        append(mean, found[0]);
        append(spread, found[1]);
      }
      table.addColumns(mean, spread);
      if (printed.contains(number)) {
        table.addColumns(printed(settings, thesis, number));
      }
    }
    table.addColumns(
        StringColumn.create("rows", settings.stream().map(s -> group(s).origins()).toList()));
    if (!thesis.isEmpty()) {
      table.addColumns(
          StringColumn.create(
              "comparable?",
              settings.stream()
                  .map(
                      s ->
                          ThesisRow.of(s, thesis)
                              .map(ThesisRow::comparable)
                              .orElse("not in the thesis"))
                  .toList()));
    }
    return table;
  }

  private static DoubleColumn printed(
      List<Setting> settings, List<ThesisRow> thesis, String number) {
    DoubleColumn column = DoubleColumn.create("thesis: " + number);
    settings.forEach(
        s ->
            append(
                column,
                ThesisRow.of(s, thesis)
                    .map(row -> row.values().getOrDefault(number, Double.NaN))
                    .orElse(Double.NaN)));
    return column;
  }

  private static void append(DoubleColumn column, double value) {
    if (Double.isNaN(value)) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }

  private AblationResult group(Setting setting) {
    return new AblationResult(
        rows.stream().filter(r -> r.setting().without(Setting.SEED).equals(setting)).toList());
  }

  private double[] numbersOf(Setting setting, String number) {
    SummaryStatistics statistics = new SummaryStatistics();
    group(setting).rows.stream()
        .filter(r -> r.values().containsKey(number))
        .forEach(r -> statistics.addValue(r.values().get(number)));
    return new double[] {
      statistics.getMean(), statistics.getN() < 2 ? Double.NaN : statistics.getStandardDeviation()
    };
  }
}
