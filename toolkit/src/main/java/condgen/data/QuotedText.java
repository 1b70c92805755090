package condgen.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A text as Python 2 writes it into the oldest kind of pickle: between quotes, with escapes, up to
 * the end of the line. Arrays of such a file are texts of a hundred megabytes, so it is decoded in
 * one pass, byte by byte; each byte becomes one character.
 */
final class QuotedText {

  private QuotedText() {}

  /**
   * @param where what to call the file in messages
   */
  static String read(ByteArrayInputStream in, String where) throws DamagedDataException {
    int quote = in.read();
    require(quote == '\'' || quote == '"', where, "a quote before a text");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c != quote; c = in.read()) {
      require(c >= 0 && c != '\n', where, "a quote after a text");
      text.write(c == '\\' ? escaped(in, where) : c);
    }
    int end = in.read();
    if (end == '\r') {
      end = in.read();
    }
    require(end == '\n', where, "the end of the line after a text");
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  private static int escaped(ByteArrayInputStream in, String where) throws DamagedDataException {
    int c = in.read();
    switch (c) {
      case '\\', '\'', '"' -> {
        return c;
      }
      case 'n' -> {
        return '\n';
      }
      case 'r' -> {
        return '\r';
      }
      case 't' -> {
        return '\t';
      }
      case 'x' -> {
        int high = Character.digit(in.read(), 16);
        int low = Character.digit(in.read(), 16);
        require(high >= 0 && low >= 0, where, "two hexadecimal digits after \\x");
        return 16 * high + low;
      }
      default -> throw new DamagedDataException(where + ": the pickle must have an escape");
    }
  }

  private static void require(boolean holds, String where, String expected)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(where + ": the pickle must have " + expected);
    }
  }
}
