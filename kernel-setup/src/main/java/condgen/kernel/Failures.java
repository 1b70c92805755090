package condgen.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Failures that no statement of the cell has thrown: in showing its value, or in a command. */
final class Failures {
  private static final int FRAMES_SHOWN = 6;

  private Failures() {}

  static CellException outsideCode(Throwable e, CellRun run, Origin origin) {
    if (e instanceof CellInterrupted || run.isStopping()) {
      String reason = run.reason();
      return new CellException(
          "Interrupted", reason, List.of(Ansi.place(origin.label()) + ": " + Ansi.error(reason)));
    }
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.place(origin.label()) + ": " + Ansi.error(e.toString()));
    describe(e, lines);
    String message = e.getMessage() == null ? "" : e.getMessage();
    return new CellException(e.getClass().getSimpleName(), message, lines);
  }

  private static void describe(Throwable e, List<String> lines) {
    Stream.of(e.getStackTrace())
        .takeWhile(frame -> !frame.getClassName().startsWith(CellThread.class.getName()))
        .filter(frame -> !StackReport.isPlumbing(frame))
        .limit(FRAMES_SHOWN)
        .forEach(frame -> lines.add("    at " + readable(frame)));
    Throwable cause = e.getCause();
    if (cause != null && cause != e && lines.size() < 100) {
      lines.add(Ansi.error("Caused by: " + cause));
      describe(cause, lines);
    }
  }

  /** A class of a cell by the name that the reader gave it. */
  private static String readable(StackTraceElement frame) {
    return frame.toString().replaceFirst("^cells//REPL\\.\\$JShell\\$\\w+\\$", "");
  }
}
