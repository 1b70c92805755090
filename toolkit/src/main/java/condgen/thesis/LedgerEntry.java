package condgen.thesis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the {@link Ledger}.
 *
 * @param number the equation's number, such as {@code 6.2.21}, or the name of an unnumbered claim,
 *     such as {@code 2.1-text-flow} or {@code tab4.1}
 * @param section the section of the thesis where it stands
 * @param statement what the thesis states there, for an erratum what it prints
 * @param verdict whether it holds
 * @param note for an erratum the right form, for an ambiguous statement its readings, otherwise
 *     what the statement presumes; empty when there is nothing to say
 * @param weight how much an erratum matters
 */
public record LedgerEntry(
    String number, String section, String statement, Verdict verdict, String note, Weight weight) {
  private static final Pattern CHAPTER =
      Pattern.compile("(?:fig|tab)?(\\d+)\\..*", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBERED = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  /**
   * Checks that the parts agree with each other.
   *
   * @throws IllegalArgumentException if the number names no chapter, the statement is empty, an
   *     erratum or an ambiguous statement has no note, or the weight does not fit the verdict
   */
  public LedgerEntry {
    if (!CHAPTER.matcher(number).matches()) {
      throw new IllegalArgumentException(
          "number '" + number + "' does not start with a chapter, as 2.1.9 or tab4.1 do");
    }
    if (statement.isBlank()) {
      throw new IllegalArgumentException(number + " has no statement");
    }
    if (verdict != Verdict.OK && note.isBlank()) {
      throw new IllegalArgumentException(number + " is " + verdict.label() + " but has no note");
    }
    if ((verdict == Verdict.ERRATUM) != (weight != Weight.NONE)) {
      throw new IllegalArgumentException(
          number + " is " + verdict.label() + " with weight " + weight);
    }
  }

  /** The chapter that the number belongs to. */
  public int chapter() {
    Matcher matcher = CHAPTER.matcher(number);
    if (!matcher.matches()) {
      throw new AssertionError("checked at construction: " + number);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** True for an equation with a number of its own, false for a claim of the text or a figure. */
  public boolean isNumbered() {
    return NUMBERED.matcher(number).matches();
  }

  /** Number, verdict, statement and note as a few lines of text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(" + number + ") ");
    if (verdict == Verdict.ERRATUM) {
      text.append("printed: ").append(statement).append("\n  right: ").append(note);
    } else {
      text.append(statement);
      if (!note.isEmpty()) {
        text.append("\n  ").append(verdict.label()).append(": ").append(note);
      }
    }
    return text.toString();
  }
}
