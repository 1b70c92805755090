package condgen.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a table of the thesis, to stand beside ours.
 *
 * @param setting what our setting must have for the row to belong to it
 * @param values the thesis's numbers, by the names of ours
 * @param comparable whether the two can be compared, in words: "no: other data, other features"
 */
public record ThesisRow(Setting setting, Map<String, Double> values, String comparable) {

  /** Keeps a copy. */
  public ThesisRow {
    values = Map.copyOf(values);
  }

  /** The first of some rows that belongs to a setting of ours. */
  public static Optional<ThesisRow> of(Setting ours, List<ThesisRow> rows) {
    return rows.stream().filter(row -> ours.has(row.setting())).findFirst();
  }
}
