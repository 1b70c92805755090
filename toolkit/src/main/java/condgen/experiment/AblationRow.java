package condgen.experiment;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of an ablation: one setting, one seed.
 *
 * @param setting what it was computed with
 * @param origin where its numbers come from
 * @param values the numbers by name; empty if it failed
 * @param seconds that it took, when it was computed
 * @param message why it failed; empty if it did not
 */
public record AblationRow(
    Setting setting, Origin origin, Map<String, Double> values, double seconds, String message) {

  /** Where a row's numbers come from. */
  public enum Origin {
    /** Computed in this run. */
    COMPUTED,
    /** Read from the run card of an earlier run. */
    CARD,
    /** Not computed: something went wrong. */
    FAILED,
    /** Not computed yet. */
    ABSENT
  }

  static AblationRow failed(Setting setting, String message) {
    return new AblationRow(setting, Origin.FAILED, Map.of(), 0, message);
  }

  static AblationRow absent(Setting setting) {
    return new AblationRow(setting, Origin.ABSENT, Map.of(), 0, "not computed yet");
  }

  /** A row from its card. */
  static AblationRow of(Setting setting, Origin origin, JsonObject card) {
    Map<String, Double> values = new LinkedHashMap<>();
    card.getAsJsonObject("values")
        .entrySet()
        .forEach(e -> values.put(e.getKey(), e.getValue().getAsDouble()));
    return new AblationRow(setting, origin, values, card.get("seconds").getAsDouble(), "");
  }

  /** Whether it has numbers. */
  public boolean hasValues() {
    return !values.isEmpty();
  }

  /** One line. */
  @Override
  public String toString() {
    String what =
        switch (origin) {
          case COMPUTED -> String.format("computed in %.1f s", seconds);
          case CARD -> String.format("from its run card (%.1f s then)", seconds);
          case FAILED -> "FAILED: " + message;
          case ABSENT -> message;
        };
    return setting + ": " + what;
  }
}
