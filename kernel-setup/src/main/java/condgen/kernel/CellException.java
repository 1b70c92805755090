package condgen.kernel;

import java.util.List;

/** A cell that did not end well: what front ends show of it. */
public final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient List<String> report;

  /**
   * @param kind the simple name of what happened, such as {@code ArithmeticException}
   * @param message one line that says what went wrong
   * @param report the lines shown to the reader: place, source line, causes
   */
  CellException(String kind, String message, List<String> report) {
    super(message);
    this.kind = kind;
    this.report = List.copyOf(report);
  }

  /** The simple name of what happened, such as {@code ArithmeticException}. */
  public String kind() {
    return kind;
  }

  /** The lines shown to the reader, with terminal colours. */
  public List<String> report() {
    return report;
  }

  /** The lines shown to the reader, as plain text. */
  public String plainReport() {
    return Ansi.plain(String.join("\n", report));
  }
}
