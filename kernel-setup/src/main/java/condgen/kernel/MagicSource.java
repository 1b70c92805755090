package condgen.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell whose {@code %} lines are written as Java, line for line.
 *
 * @param java the cell as Java
 * @param timedLines lines, counted from zero, whose statement is to be timed
 */
record MagicSource(String java, Set<Integer> timedLines) {
  private static final Pattern LINE_MAGIC =
      Pattern.compile("^(\\s*)%(?!%)([A-Za-z]\\w*)(?:[ \\t]+(.*))?$");
  private static final Pattern CELL_MAGIC =
      Pattern.compile("^\\s*%%([A-Za-z]\\w*)[ \\t]*([^\\n]*)(?:\\n(.*))?$", Pattern.DOTALL);
  private static final Pattern TEXT_BLOCK_QUOTES = Pattern.compile("\"\"\"");
  private static final Gson LITERALS = new GsonBuilder().disableHtmlEscaping().create();

  /** A call of a cell magic, {@code %%name arguments} and the lines below it. */
  record CellCall(String name, List<String> arguments, String body) {}

  /** The cell magic that {@code cell} starts with, or null. */
  static CellCall cellMagic(String cell) {
    Matcher m = CELL_MAGIC.matcher(cell);
    if (!m.matches()) {
      return null;
    }
    return new CellCall(m.group(1), words(m.group(2)), m.group(3) == null ? "" : m.group(3));
  }

  /**
   * Rewrites the line magics of {@code cell}.
   *
   * @param isMagic says whether a name is a magic; an indented line that starts with {@code %} and
   *     another name stays as it is, since it may be a remainder
   */
  static MagicSource of(String cell, Predicate<String> isMagic) {
    Set<Integer> timed = new HashSet<>();
    String[] lines = cell.split("\n", -1);
    boolean inTextBlock = false;
    for (int i = 0; i < lines.length; i++) {
      if (!inTextBlock) {
        lines[i] = rewrite(lines[i], i, isMagic, timed);
      }
      inTextBlock ^= TEXT_BLOCK_QUOTES.matcher(lines[i]).results().count() % 2 == 1;
    }
    return new MagicSource(String.join("\n", lines), timed);
  }

  private static String rewrite(
      String line, int number, Predicate<String> isMagic, Set<Integer> timed) {
    Matcher m = LINE_MAGIC.matcher(line);
    if (!m.matches()) {
      return line;
    }
    String name = m.group(2);
    String rest = m.group(3) == null ? "" : m.group(3);
    if (name.equals("time")) {
      timed.add(number);
      return " ".repeat(line.length() - rest.length()) + rest;
    }
    if (!m.group(1).isEmpty() && !isMagic.test(name)) {
      return line;
    }
    StringBuilder call = new StringBuilder("lineMagic(").append(LITERALS.toJson(name));
    call.append(", java.util.List.of(");
    List<String> words = words(rest);
    for (int i = 0; i < words.size(); i++) {
      call.append(i == 0 ? "" : ", ").append(LITERALS.toJson(words.get(i)));
    }
    return call.append("));").toString();
  }

  /** Splits at blanks; double quotes keep blanks together. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher m = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(text);
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group(2));
    }
    return words;
  }
}
