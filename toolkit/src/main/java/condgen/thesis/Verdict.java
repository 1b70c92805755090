package condgen.thesis;

/** What is known about one statement of the thesis. */
public enum Verdict {
  /** The statement holds as it stands, perhaps with a note on what it presumes. */
  OK,
  /** The statement as printed does not hold; the note gives the form that does. */
  ERRATUM,
  /** The statement can be meant in more than one way; the note gives the readings. */
  AMBIGUOUS;

  /** The word used in the ledger: {@code ok}, {@code erratum} or {@code ambiguous}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static Verdict of(String label) {
    for (Verdict verdict : values()) {
      if (verdict.label().equals(label)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("verdict '" + label + "' is none of ok, erratum, ambiguous");
  }
}
