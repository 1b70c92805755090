package condgen.notebook;

/**
 * Writes the ledger's plain formulas as HTML: {@code x_{t-1}} with a subscript, {@code e^{t²}} with
 * a superscript. A script is a group in braces, a group in parentheses after {@code ^}, or the run
 * of letters and digits that follows.
 */
final class Formula {
  private final String text;
  private int at;

  private Formula(String text) {
    this.text = text;
  }

  static String html(String plain) {
    return new Formula(plain).upTo(plain.length());
  }

  private String upTo(int end) {
    StringBuilder html = new StringBuilder();
    while (at < end) {
      char c = text.charAt(at);
      boolean script = (c == '_' || c == '^') && at > 0 && at + 1 < end;
      String content = script ? script(c, end) : "";
      if (content.isEmpty()) {
        html.append(escape(c));
        at++;
      } else {
        String tag = c == '_' ? "sub" : "sup";
        html.append('<').append(tag).append('>').append(content);
        html.append("</").append(tag).append('>');
      }
    }
    return html.toString();
  }

  /** The content of the script that starts at the current character; empty if there is none. */
  private String script(char kind, int end) {
    char next = text.charAt(at + 1);
    if (next == '{' || next == '(' && kind == '^') {
      int close = closing(at + 1, end);
      if (close < 0) {
        return "";
      }
      boolean braces = next == '{';
      at += braces ? 2 : 1;
      String content = upTo(braces ? close : close + 1);
      at = close + 1;
      return content;
    }
    int stop = at + 1;
    while (stop < end
        && (Character.isLetterOrDigit(text.charAt(stop)) || isMark(text.charAt(stop)))) {
      stop++;
    }
    String content = text.substring(at + 1, stop);
    if (!content.isEmpty()) {
      at = stop;
    }
    return content;
  }

  private static boolean isMark(char c) {
    return Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private int closing(int open, int end) {
    char opening = text.charAt(open);
    char closing = opening == '{' ? '}' : ')';
    int depth = 0;
    for (int i = open; i < end; i++) {
      if (text.charAt(i) == opening) {
        depth++;
      } else if (text.charAt(i) == closing && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String escape(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> String.valueOf(c);
    };
  }
}
