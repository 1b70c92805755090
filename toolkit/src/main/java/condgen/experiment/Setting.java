package condgen.experiment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one row of an ablation is computed with: texts and numbers by name. Immutable; whole numbers
 * are the same whether they were given as 1 or as 1.0.
 */
public final class Setting {

  /** The name of the seed. */
  public static final String SEED = "seed";

  private static final double WHOLE = 1L << 53;

  /** A number as Java prints it, or what separates values. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("-?\\d+(\\.\\d+(E-?\\d+)?)?|.*[=,\"].*", Pattern.DOTALL);

  private final Map<String, Object> values;

  private Setting(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * A setting such as {@code Setting.of("model", "DDPM", "steps", 100)}.
   *
   * @param namesAndValues names, each followed by its text or number
   */
  public static Setting of(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "each name must be followed by a value, but there are "
              + namesAndValues.length
              + " arguments");
    }
    Setting setting = new Setting(Map.of());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      setting = setting.with(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return setting;
  }

  /** This setting with one more value, or another one. */
  public Setting with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, normal(name, value));
    return new Setting(more);
  }

  /** This setting without a value. */
  public Setting without(String name) {
    Map<String, Object> fewer = new LinkedHashMap<>(values);
    fewer.remove(name);
    return new Setting(fewer);
  }

  private static Object normal(String name, Object value) {
    if (value instanceof String || value instanceof Enum<?>) {
      return value.toString();
    }
    double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          name + " must be a text or a finite number, but is " + value);
    }
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (number == Math.rint(number) && Math.abs(number) < WHOLE) {
      return (long) number;
    }
    return number;
  }

  /** Texts, Longs and Doubles by name, in the order in which they were given. */
  public Map<String, Object> values() {
    return new LinkedHashMap<>(values);
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String text(String name) {
    return value(name).toString();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int integer(String name) {
    return Math.toIntExact(whole(name));
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double number(String name) {
    if (value(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(name + " must be a number, but is " + values.get(name));
  }

  /**
   * The seed of this row, exactly.
   *
   * @throws IllegalArgumentException if there is none, or it is not a whole number
   */
  public long seed() {
    return whole(SEED);
  }

  private long whole(String name) {
    if (value(name) instanceof Long whole) {
      return whole;
    }
    throw new IllegalArgumentException(
        name + " must be a whole number, but is " + values.get(name));
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the setting must have a value \"" + name + "\", but has " + values.keySet());
    }
    return value;
  }

  /** Whether this setting has all values of another one. */
  public boolean has(Setting part) {
    return part.values.entrySet().stream()
        .allMatch(e -> Objects.equals(e.getValue(), values.get(e.getKey())));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    values.forEach(
        (name, value) ->
            json.add(
                name,
                value instanceof Number number
                    ? new JsonPrimitive(number)
                    : new JsonPrimitive((String) value)));
    return json;
  }

  static Setting of(JsonObject json) {
    Setting setting = of();
    for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
      JsonPrimitive value = entry.getValue().getAsJsonPrimitive();
      String text = value.getAsString();
      boolean whole = value.isNumber() && text.matches("-?\\d+");
      Object read =
          whole ? (Object) Long.parseLong(text) : value.isNumber() ? value.getAsDouble() : text;
      setting = setting.with(entry.getKey(), read);
    }
    return setting;
  }

  /**
   * The same text for equal settings, whatever the order of their values, and another one for
   * others: texts that could be taken for a number or for more than one value stand in quotes.
   */
  String canonical() {
    Map<String, Object> sorted = new TreeMap<>();
    values.forEach(
        (name, value) ->
            sorted.put(marked(name), value instanceof String text ? marked(text) : value));
    return sorted.toString();
  }

  private static String marked(String text) {
    return AMBIGUOUS.matcher(text).matches() ? new JsonPrimitive(text).toString() : text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Setting that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Such as {@code model = DDPM, steps = 100, seed = 1}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
