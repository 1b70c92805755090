package condgen.kernel;

import condgen.kernel.SourceMap.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;

/** Writes an exception and its causes with cells and lines in place of JShell's wrappers. */
final class StackReport {
  private static final int LIBRARY_FRAMES_SHOWN = 12;
  private static final int CELL_FRAMES_SHOWN = 20;

  private final SourceMap places;

  StackReport(SourceMap places) {
    this.places = places;
  }

  /**
   * The lines of a report.
   *
   * @param statement the statement that was running, shown when no frame names a cell
   */
  List<String> lines(EvalException e, Throwable original, Place statement) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.error(head(e)));
    Place place = firstPlace(e).orElse(statement);
    lines.add(Ansi.place(place.toString()));
    lines.add("    " + place.source());
    frames(e, lines);
    suppressed(original, lines);
    JShellException cause = cause(e);
    while (cause != null) {
      lines.add(Ansi.error("Caused by: " + head(cause)));
      frames(cause, lines);
      cause = cause(cause);
    }
    return lines;
  }

  private static JShellException cause(JShellException e) {
    return e.getCause() instanceof JShellException next ? next : null;
  }

  private static String head(JShellException e) {
    if (e instanceof UnresolvedReferenceException) {
      return "a method was called that uses something not declared";
    }
    String type = ((EvalException) e).getExceptionClassName();
    return e.getMessage() == null ? type : type + ": " + e.getMessage();
  }

  private Optional<Place> firstPlace(JShellException e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      Optional<Place> place = places.find(frame);
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  private void frames(JShellException e, List<String> lines) {
    int library = 0;
    int cells = 0;
    int hidden = 0;
    for (StackTraceElement frame : e.getStackTrace()) {
      Optional<Place> place = places.find(frame);
      boolean shown =
          place.isPresent()
              ? cells++ < CELL_FRAMES_SHOWN
              : !isPlumbing(frame) && library++ < LIBRARY_FRAMES_SHOWN;
      if (!shown) {
        hidden++;
        continue;
      }
      lines.add("    at " + place.map(p -> inCell(p, frame)).orElse(frame.toString()));
    }
    if (hidden > 0) {
      lines.add("    ... " + hidden + " more");
    }
  }

  private static String inCell(Place place, StackTraceElement frame) {
    String method =
        frame
            .getMethodName()
            .replaceFirst("^lambda\\$.*", "a lambda")
            .replaceFirst("^do_it\\$.*", "");
    String in = method.isEmpty() ? "" : " in " + method;
    return place + in + ":  " + place.source().strip();
  }

  /** Frames that say nothing to the reader: reflection, and this kernel. */
  static boolean isPlumbing(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.startsWith("jdk.internal.reflect.")
        || type.startsWith("java.lang.reflect.")
        || type.startsWith("java.lang.invoke.")
        || type.startsWith("condgen.kernel.")
        || type.startsWith("io.github.spencerpark.")
        || type.startsWith("jdk.jshell.");
  }

  private static void suppressed(Throwable original, List<String> lines) {
    if (original != null) {
      for (Throwable other : original.getSuppressed()) {
        lines.add("    Suppressed: " + other);
      }
    }
  }
}
