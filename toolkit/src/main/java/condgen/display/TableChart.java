package condgen.display;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as HTML: numbers right-aligned and rounded to four significant digits, texts escaped, and
 * the same in aligned plain text. Made by {@link Tables#of}.
 */
public final class TableChart implements Drawable {
  private static final String CELL =
      "padding:4px 12px;border-bottom:1px solid #ddd;font-size:19px;text-align:";

  private final String title;
  private final Table table;
  private String caption = "";
  private int digits = 4;
  private int maxRows = 50;

  TableChart(String title, Table table) {
    this.title = Require.text(title, "title");
    this.table = table;
  }

  /** Prints below the table what the reader should see in it. */
  public TableChart caption(String whatToSee) {
    caption = Require.text(whatToSee, "whatToSee");
    return this;
  }

  /** Sets to how many significant digits numbers are rounded; 4 unless set. */
  public TableChart digits(int count) {
    digits = Require.positive(count, "count");
    return this;
  }

  /**
   * Sets how many rows are shown at most; 50 unless set. A last line says how many are left out.
   */
  public TableChart maxRows(int count) {
    maxRows = Require.positive(count, "count");
    return this;
  }

  @Override
  public Picture picture() {
    return Picture.ofHtml(html(), text());
  }

  private String html() {
    StringBuilder html = new StringBuilder();
    html.append("<table style=\"border-collapse:collapse;margin:8px 0\">\n<caption style=\"")
        .append("caption-side:top;text-align:left;font-weight:bold;font-size:22px;color:inherit\">")
        .append(Markup.text(title))
        .append("</caption>\n<thead><tr>");
    for (Column<?> column : table.columns()) {
      html.append("<th scope=\"col\" style=\"").append(style(column)).append("\">");
      html.append(Markup.text(column.name())).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < shownRows(); row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        html.append("<td style=\"").append(style(column)).append("\">");
        html.append(Markup.text(cell(column, row))).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>");
    for (String line : below()) {
      html.append("\n<p style=\"font-size:19px\">").append(Markup.text(line)).append("</p>");
    }
    return html.toString();
  }

  private int shownRows() {
    return Math.min(maxRows, table.rowCount());
  }

  private static String style(Column<?> column) {
    return CELL + (column instanceof NumericColumn<?> ? "right" : "left");
  }

  private List<String> below() {
    List<String> lines = new ArrayList<>();
    int left = table.rowCount() - shownRows();
    if (left > 0) {
      lines.add("… and %s more.".formatted(Numbers.plural(left, "row", "rows")));
    }
    if (table.rowCount() == 0) {
      lines.add("No rows.");
    }
    if (!caption.isEmpty()) {
      lines.add(caption);
    }
    return lines;
  }

  private String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "–";
    }
    Object value = column.get(row);
    if (value instanceof Double || value instanceof Float) {
      return Numbers.format(((Number) value).doubleValue(), digits);
    }
    return String.valueOf(value);
  }

  private String text() {
    List<String[]> lines = new ArrayList<>();
    List<Column<?>> columns = table.columns();
    int[] widths = new int[columns.size()];
    for (int row = -1; row < shownRows(); row++) {
      String[] line = new String[columns.size()];
      for (int c = 0; c < line.length; c++) {
        line[c] = row < 0 ? columns.get(c).name() : cell(columns.get(c), row);
        widths[c] = Math.max(widths[c], line[c].length());
      }
      lines.add(line);
    }
    StringBuilder text = new StringBuilder(title);
    for (String[] line : lines) {
      text.append('\n');
      for (int c = 0; c < line.length; c++) {
        String pad = " ".repeat(widths[c] - line[c].length());
        boolean right = columns.get(c) instanceof NumericColumn<?>;
        text.append(c == 0 ? "" : "  ").append(right ? pad + line[c] : line[c] + pad);
      }
    }
    below().forEach(line -> text.append('\n').append(line));
    return text.toString();
  }
}
