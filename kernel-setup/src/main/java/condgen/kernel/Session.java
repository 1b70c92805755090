package condgen.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/**
 * The Java of one notebook: declared variables, methods and classes, and the evaluation of code
 * that may hold several statements. It stops at the first statement that fails.
 */
final class Session implements AutoCloseable {
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final CellExecution execution;
  private final SourceMap places = new SourceMap();
  private final ErrorReport errors;
  private SourceMap.Place statement = new SourceMap.Place(Origin.of("Start", ""), 0);

  /**
   * @param loader loads what cells compile to; {@code classPath} is added to it
   * @param thread on which snippets run
   * @param classPath the jars and directories that cells can use, beside the kernel's own
   * @param compilerOptions further options of the Java compiler
   */
  Session(
      CellClassLoader loader,
      CellThread thread,
      List<Path> classPath,
      List<String> compilerOptions) {
    execution = new CellExecution(loader, thread);
    shell =
        JShell.builder()
            .executionEngine(execution, Map.of())
            .idGenerator((snippet, number) -> register(String.valueOf(number)))
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    addToClasspath(classPath);
    analysis = shell.sourceCodeAnalysis();
    errors = new ErrorReport(shell, places);
  }

  /** Known before the snippet runs, so that a failure inside it can be placed. */
  private String register(String id) {
    places.put(id, statement);
    return id;
  }

  void addToClasspath(List<Path> entries) {
    if (!entries.isEmpty()) {
      shell.addToClasspath(
          entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
  }

  JShell shell() {
    return shell;
  }

  SourceCodeAnalysis analysis() {
    return analysis;
  }

  /**
   * Evaluates {@code source} and returns the value of its last statement: null unless that is an
   * expression with a value.
   *
   * @param origin where the code came from, for error reports
   * @param source the code with magics already written as Java, line for line as in the origin
   * @throws CellException if a statement does not compile, throws, or is interrupted
   */
  Object evaluate(CellRun run, Origin origin, MagicSource source) throws CellException {
    Pending pending = new Pending();
    String rest = source.java();
    int line = 0;
    Object value = null;
    while (!rest.isBlank()) {
      int start = firstOfCode(rest);
      line += lineBreaks(rest.substring(0, start));
      rest = rest.substring(start);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      String piece =
          switch (info.completeness()) {
            case EMPTY -> "";
            case DEFINITELY_INCOMPLETE -> throw errors.incomplete(origin, line, rest);
            default -> info.source();
          };
      if (piece.isEmpty()) {
        break;
      }
      if (source.timedLines().contains(line)) {
        Timing.Spent before = run.spent();
        value = evaluatePiece(run, origin, line, piece, pending);
        System.out.println(run.spent().minus(before));
      } else {
        value = evaluatePiece(run, origin, line, piece, pending);
      }
      boolean last = info.completeness() == SourceCodeAnalysis.Completeness.CONSIDERED_INCOMPLETE;
      String remaining = last ? "" : info.remaining();
      line += lineBreaks(rest.substring(0, rest.length() - remaining.length()));
      rest = remaining;
    }
    pending.report(errors);
    return value;
  }

  private Object evaluatePiece(CellRun run, Origin origin, int line, String piece, Pending pending)
      throws CellException {
    if (run.isStopping()) {
      throw errors.stopped(run, new CellInterrupted(), origin, line);
    }
    execution.prepare(run);
    SourceMap.Place mine = new SourceMap.Place(origin, line);
    statement = mine;
    List<SnippetEvent> events = shell.eval(piece);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        places.put(event.snippet().id(), mine);
      }
    }
    Object value = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        value = outcome(run, event, origin, line, pending);
      }
    }
    if (run.isStopping()) {
      // The code saw the interrupt itself and returned.
      throw errors.stopped(run, new CellInterrupted(), origin, line);
    }
    return value;
  }

  private Object outcome(CellRun run, SnippetEvent event, Origin origin, int line, Pending pending)
      throws CellException {
    Throwable thrown = execution.thrown();
    if (thrown instanceof CellException nested) {
      throw nested;
    }
    if (thrown instanceof CellInterrupted || thrown instanceof CellThread.Abandoned) {
      throw errors.stopped(run, thrown, origin, line);
    }
    if (event.exception() instanceof EvalException e) {
      throw errors.thrown(e, thrown, new SourceMap.Place(origin, line));
    }
    if (event.exception() instanceof UnresolvedReferenceException e) {
      throw errors.unresolved(e, new SourceMap.Place(origin, line));
    }
    Snippet snippet = event.snippet();
    if (event.status() == Status.REJECTED) {
      throw errors.compilation(snippet, origin, line);
    }
    if (event.status() == Status.RECOVERABLE_NOT_DEFINED && snippet.kind() == Kind.VAR) {
      throw errors.undeclared(snippet, new SourceMap.Place(origin, line));
    }
    if (event.status() == Status.RECOVERABLE_NOT_DEFINED
        || event.status() == Status.RECOVERABLE_DEFINED) {
      pending.add(snippet, new SourceMap.Place(origin, line));
    }
    return hasShownValue(snippet) ? execution.value() : null;
  }

  private static boolean hasShownValue(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND ->
          !(snippet instanceof ExpressionSnippet e && e.typeName().equals("void"));
      default -> false;
    };
  }

  private static int firstOfCode(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int lineBreaks(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  @Override
  public void close() {
    shell.close();
  }
}
