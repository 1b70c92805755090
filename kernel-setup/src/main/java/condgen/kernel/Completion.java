package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** What the reader is offered on Tab and Shift-Tab, and whether a line wants to be continued. */
final class Completion {
  private static final Pattern MAGIC = Pattern.compile("^\\s*(%%?)(\\w*)$");

  private final SourceCodeAnalysis analysis;
  private final JavaMagics magics;

  Completion(SourceCodeAnalysis analysis, JavaMagics magics) {
    this.analysis = analysis;
    this.magics = magics;
  }

  /** The statement of a cell that holds a position, and where it starts. */
  private record Part(String code, int start) {}

  private Part partAt(String cell, int at) {
    String java = MagicSource.of(cell, name -> false).java();
    String text = java.length() == cell.length() ? java : cell;
    int start = 0;
    while (start < text.length()) {
      CompletionInfo info = analysis.analyzeCompletion(text.substring(start));
      String remaining = info.remaining();
      int end = text.length() - (remaining == null ? 0 : remaining.length());
      boolean whole = !info.completeness().isComplete() || remaining.isBlank() || end <= start;
      if (whole || at <= end) {
        break;
      }
      start = end;
    }
    return new Part(text.substring(start), start);
  }

  /** What can stand at {@code cursor}: names, members, keywords; commands after a {@code %}. */
  ReplacementOptions complete(String cell, int cursor) {
    int at = Math.max(0, Math.min(cursor, cell.length()));
    String line = cell.substring(cell.lastIndexOf('\n', at - 1) + 1, at);
    Matcher magic = MAGIC.matcher(line);
    if (magic.matches()) {
      Set<String> names = magic.group(1).equals("%") ? magics.lineNames() : magics.cellNames();
      String prefix = magic.group(2);
      List<String> found = names.stream().filter(name -> name.startsWith(prefix)).toList();
      return new ReplacementOptions(found, at - prefix.length(), at);
    }
    Part part = partAt(cell, at);
    int[] anchor = {-1};
    List<Suggestion> suggestions =
        analysis.completionSuggestions(part.code(), at - part.start(), anchor);
    if (suggestions.isEmpty()) {
      return new ReplacementOptions(List.of(), at, at);
    }
    Comparator<Suggestion> fittingFirst = Comparator.comparing(s -> !s.matchesType());
    Set<String> texts = new LinkedHashSet<>();
    suggestions.stream().sorted(fittingFirst).map(Suggestion::continuation).forEach(texts::add);
    return new ReplacementOptions(List.copyOf(texts), part.start() + anchor[0], at);
  }

  /** Signatures and documentation of what stands at {@code cursor}; empty when there is nothing. */
  String inspect(String cell, int cursor) {
    int end = Math.max(0, Math.min(cursor, cell.length()));
    while (end < cell.length() && Character.isJavaIdentifierPart(cell.charAt(end))) {
      end++;
    }
    Part part = partAt(cell, end);
    String code = part.code().substring(0, end - part.start());
    // A method is documented inside its parentheses, a class or variable at its name.
    return Stream.of(code + "(", code)
        .map(text -> analysis.documentation(text, text.length(), true))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .map(Completion::text)
        .orElseGet(() -> typeOf(code));
  }

  private String typeOf(String code) {
    Matcher name = Pattern.compile("[\\w$.]+$").matcher(code);
    if (!name.find()) {
      return "";
    }
    String type = analysis.analyzeType(name.group(), name.group().length());
    return type == null ? "" : name.group() + " : " + type;
  }

  private static String text(List<Documentation> found) {
    StringBuilder text = new StringBuilder();
    for (Documentation d : found) {
      text.append(text.isEmpty() ? "" : "\n\n").append(d.signature());
      if (d.javadoc() != null && !d.javadoc().isBlank()) {
        text.append("\n\n").append(plain(d.javadoc()).indent(4).stripTrailing());
      }
    }
    return text.toString();
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@(?:code|link|linkplain|literal)\\s+([^}]*)}", "$1")
        .replaceAll("</?(?:p|ul|ol|li|code|i|b|em|pre|blockquote|table|tr|td|a)\\b[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  /** {@code complete}, {@code invalid}, or the blanks that the next line should start with. */
  String isComplete(String cell, String complete, String invalid) {
    String rest = MagicSource.of(cell, magics.lineNames()::contains).java();
    if (MagicSource.cellMagic(cell) != null) {
      return cell.endsWith("\n") ? complete : "";
    }
    while (!rest.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          long open = count(rest, '{') - count(rest, '}');
          return "    ".repeat((int) Math.max(0, open));
        }
        case UNKNOWN -> {
          return invalid;
        }
        default -> rest = info.remaining();
      }
    }
    return complete;
  }

  private static long count(String text, char c) {
    return text.chars().filter(x -> x == c).count();
  }
}
