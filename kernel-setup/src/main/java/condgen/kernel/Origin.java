package condgen.kernel;

import java.util.List;

/**
 * Where a piece of code came from.
 *
 * @param label what the reader knows it by, such as {@code Cell 7}
 * @param lines its lines as the reader wrote them, magics included
 */
record Origin(String label, List<String> lines) {
  static Origin of(String label, String code) {
    return new Origin(label, code.lines().toList());
  }

  /** Such as {@code Cell 7, line 3}; {@code line} counts from zero. */
  String place(int line) {
    return label + ", line " + (line + 1);
  }

  /** The source of {@code line}, which counts from zero; empty when there is no such line. */
  String line(int line) {
    return line >= 0 && line < lines.size() ? lines.get(line) : "";
  }
}
