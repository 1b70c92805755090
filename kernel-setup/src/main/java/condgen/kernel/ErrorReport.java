package condgen.kernel;

import condgen.kernel.SourceMap.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** Writes what went wrong in a cell: what, in which cell and line, the source line, the causes. */
final class ErrorReport {
  private static final int ERRORS_SHOWN = 4;
  private static final String COMPILATION = "CompilationException";

  private final JShell shell;
  private final StackReport stacks;

  ErrorReport(JShell shell, SourceMap places) {
    this.shell = shell;
    this.stacks = new StackReport(places);
  }

  /** The cell ended in the middle of a statement. */
  CellException incomplete(Origin origin, int line, String rest) {
    int last = line + (int) rest.stripTrailing().chars().filter(c -> c == '\n').count();
    String message = "the code ends before the statement is complete";
    return at(COMPILATION, message, new Place(origin, last), List.of());
  }

  /** The compiler rejected a statement that starts at {@code line} of {@code origin}. */
  CellException compilation(Snippet snippet, Origin origin, int line) {
    List<Diag> diagnostics = shell.diagnostics(snippet).filter(Diag::isError).toList();
    List<String> lines = new ArrayList<>();
    Set<String> said = new HashSet<>();
    String first = "the statement does not compile";
    for (int i = 0; i < diagnostics.size(); i++) {
      Diag diagnostic = diagnostics.get(i);
      List<String> text = readable(diagnostic);
      if (!said.add(String.join("\n", text)) || said.size() > ERRORS_SHOWN) {
        continue;
      }
      if (i == 0) {
        first = text.get(0);
      }
      String source = snippet.source();
      int position = (int) Math.max(0, Math.min(diagnostic.getPosition(), source.length()));
      int row = (int) source.substring(0, position).chars().filter(c -> c == '\n').count();
      int column = position - (source.lastIndexOf('\n', position - 1) + 1);
      Place place = new Place(origin, line + row);
      lines.add(Ansi.place(place.toString()) + ": " + Ansi.error(text.get(0)));
      lines.add("    " + place.source());
      lines.add("    " + caret(place.source(), source, row, column, diagnostic));
      text.stream().skip(1).map(l -> "    " + l.strip()).forEach(lines::add);
    }
    if (lines.isEmpty()) {
      return at(COMPILATION, first, new Place(origin, line), List.of());
    }
    return new CellException(COMPILATION, first, lines);
  }

  private static String caret(String shown, String source, int row, int column, Diag diagnostic) {
    // The first line of a snippet has lost its indentation.
    int indent = row == 0 ? Math.max(0, shown.indexOf(source.lines().findFirst().orElse(""))) : 0;
    long room = Math.max(1, shown.length() - indent - column);
    long length = diagnostic.getEndPosition() - diagnostic.getPosition();
    int carets = (int) Math.max(1, Math.min(length, room));
    return " ".repeat(indent + column) + "^".repeat(carets);
  }

  private static List<String> readable(Diag diagnostic) {
    List<String> lines =
        diagnostic
            .getMessage(Locale.ROOT)
            .lines()
            .filter(l -> !l.strip().startsWith("location:"))
            .map(l -> l.replaceAll("REPL\\.\\$JShell\\$\\w+\\.", ""))
            .toList();
    return lines.isEmpty() ? List.of("the statement does not compile") : lines;
  }

  /** A statement threw. */
  CellException thrown(EvalException e, Throwable original, Place statement) {
    String type = e.getExceptionClassName();
    String kind = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    String message = e.getMessage() == null ? "" : e.getMessage();
    return new CellException(kind, message, stacks.lines(e, original, statement));
  }

  /** A statement called a method whose body uses something that is not declared. */
  CellException unresolved(UnresolvedReferenceException e, Place statement) {
    String message = describe(e.getSnippet()) + " uses " + names(e.getSnippet());
    return at("UnresolvedReferenceException", message, statement, List.of());
  }

  /** A variable or class uses something that is not declared. */
  CellException undeclared(Snippet snippet, Place place) {
    String message = describe(snippet) + " uses " + names(snippet);
    return at(COMPILATION, message, place, List.of());
  }

  /** What the reader is told of a method that cannot run yet. */
  String note(Snippet snippet, Place place) {
    return place + ": " + describe(snippet) + " can run once this is declared: " + list(snippet);
  }

  /** The cell was interrupted or ran out of its time. */
  CellException stopped(CellRun run, Throwable how, Origin origin, int line) {
    List<String> more =
        how instanceof CellThread.Abandoned
            ? List.of(
                "It did not stop when asked and was left behind in " + how.getMessage() + ".",
                "Variables are kept; later cells run on a new thread.")
            : List.of("Variables are kept.");
    return at("Interrupted", run.reason(), new Place(origin, line), more);
  }

  /** The names that {@code snippet} uses and nobody has declared. */
  List<String> missingNames(Snippet snippet) {
    return snippet instanceof DeclarationSnippet d
        ? shell.unresolvedDependencies(d).toList()
        : List.of();
  }

  private String list(Snippet snippet) {
    return String.join(", ", missingNames(snippet));
  }

  private String names(Snippet snippet) {
    List<String> missing = missingNames(snippet);
    return missing.isEmpty()
        ? "something that is not declared"
        : String.join(", ", missing) + ", which nobody has declared";
  }

  private static String describe(Snippet snippet) {
    return switch (snippet.kind()) {
      case METHOD -> {
        MethodSnippet m = (MethodSnippet) snippet;
        yield "method " + m.name() + "(" + m.parameterTypes() + ")";
      }
      case VAR -> "variable " + ((DeclarationSnippet) snippet).name();
      case TYPE_DECL -> "type " + ((DeclarationSnippet) snippet).name();
      default -> "the statement";
    };
  }

  private static CellException at(String kind, String message, Place place, List<String> more) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.place(place.toString()) + ": " + Ansi.error(message));
    if (!place.source().isBlank()) {
      lines.add("    " + place.source());
    }
    lines.addAll(more);
    return new CellException(kind, message, lines);
  }
}
