package condgen.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A text file word by word or line by line, in one pass: lines end with LF, CR LF or CR, words are
 * parted by blanks and tabs. No line is longer than a megabyte, so that a file which is no text
 * cannot fill the memory.
 */
final class TextLines implements Closeable {

  private static final int LONGEST_LINE = 1 << 20;
  private static final int LONGEST_NUMBER = 64;

  private final Path file;
  private final InputStream in;
  private final Deque<String> words = new ArrayDeque<>();
  private byte[] line = new byte[1 << 10];
  private int number;

  private TextLines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static TextLines open(Path file) throws IOException {
    return new TextLines(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** The next line as it is, without its end; null after the last. What was left of one is lost. */
  String line() throws IOException {
    words.clear();
    int length = 0;
    int read = in.read();
    if (read < 0) {
      return null;
    }
    number++;
    while (read >= 0 && read != '\n' && read != '\r') {
      if (length == LONGEST_LINE) {
        throw damaged("a line of at most " + LONGEST_LINE + " bytes");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) read;
      read = in.read();
    }
    if (read == '\r') {
      in.mark(1);
      if (in.read() != '\n') {
        in.reset();
      }
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** The words of a line. */
  static String[] words(String line) {
    String stripped = line.strip();
    return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
  }

  /** The words of the next line that has some; null after the last. */
  String[] row() throws IOException {
    for (String next = line(); next != null; next = line()) {
      String[] found = words(next);
      if (found.length > 0) {
        return found;
      }
    }
    return null;
  }

  /**
   * The next word.
   *
   * @throws DamagedDataException naming what was expected, if the file ends
   */
  String word(String expected) throws IOException {
    while (words.isEmpty()) {
      String[] more = row();
      if (more == null) {
        throw damaged(expected + ", but ends");
      }
      words.addAll(List.of(more));
    }
    return words.poll();
  }

  /** The rest of the words of this line, without reading on. */
  String[] rest() {
    String[] rest = words.toArray(String[]::new);
    words.clear();
    return rest;
  }

  /**
   * Reads a given word, in any case of its letters.
   *
   * @throws DamagedDataException if another comes
   */
  void expect(String word) throws IOException {
    String found = word(word);
    if (!found.equalsIgnoreCase(word)) {
      throw damaged(word + ", but has " + shortened(found));
    }
  }

  /**
   * A finite decimal number.
   *
   * @throws DamagedDataException if the word is none
   */
  double number(String word) throws DamagedDataException {
    boolean plain = word.length() <= LONGEST_NUMBER;
    for (int i = 0; plain && i < word.length(); i++) {
      plain = "+-.eE0123456789".indexOf(word.charAt(i)) >= 0;
    }
    try {
      double value = plain ? Double.parseDouble(word) : Double.NaN;
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new DamagedDataException(damaged("a number, but has " + word).getMessage(), e);
    }
    throw damaged("a finite number, but has " + shortened(word));
  }

  /**
   * A whole number that is not negative.
   *
   * @throws DamagedDataException if the word is none
   */
  int count(String word) throws DamagedDataException {
    if (!word.matches("[0-9]{1,9}")) {
      throw damaged("a whole number below 1,000,000,000, but has " + shortened(word));
    }
    return Integer.parseInt(word);
  }

  private static String shortened(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "...";
  }

  /** What to throw when something else was expected here. */
  DamagedDataException damaged(String expected) {
    return new DamagedDataException(file + ", line " + number + ": must have " + expected);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
