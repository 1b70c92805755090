package condgen.kernel;

import java.util.ArrayList;
import java.util.List;

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
    StackTraceElement[] frames = e.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES_SHOWN, frames.length); i++) {
      lines.add("    at " + frames[i]);
    }
    Throwable cause = e.getCause();
    if (cause != null && cause != e && lines.size() < 100) {
      lines.add(Ansi.error("Caused by: " + cause));
      describe(cause, lines);
    }
  }
}
