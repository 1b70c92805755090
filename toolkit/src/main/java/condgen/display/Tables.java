package condgen.display;

import tech.tablesaw.api.Table;

/**
 * Tablesaw tables as HTML, one call:
 *
 * <pre>{@code
 * Tables.of("Evaluations for a tolerance of 1e-6", table).picture()
 * }</pre>
 */
public final class Tables {
  private Tables() {}

  /** Starts an HTML table under the table's own name. */
  public static TableChart of(Table table) {
    if (table == null) {
      throw new IllegalArgumentException("table must be a Tablesaw table, but is null");
    }
    String name = table.name();
    return new TableChart(name == null || name.isBlank() ? "Table" : name, table);
  }

  /** Starts an HTML table under a title. */
  public static TableChart of(String title, Table table) {
    if (table == null) {
      throw new IllegalArgumentException("table must be a Tablesaw table, but is null");
    }
    return new TableChart(title, table);
  }
}
