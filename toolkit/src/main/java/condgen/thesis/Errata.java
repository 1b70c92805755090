package condgen.thesis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The places where the thesis's printed form does not hold, with the form that does.
 *
 * <p>The text form is one block for each erratum, so a notebook that ends a cell with {@code
 * Errata.ofChapter(2)} shows the list.
 *
 * @param entries in the thesis's order
 */
public record Errata(List<LedgerEntry> entries) {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if an entry's verdict is not {@link Verdict#ERRATUM}
   */
  public Errata {
    entries = List.copyOf(entries);
    for (LedgerEntry entry : entries) {
      if (entry.verdict() != Verdict.ERRATUM) {
        throw new IllegalArgumentException(
            entry.number() + " is " + entry.verdict().label() + ", not an erratum");
      }
    }
  }

  /** All errata of the thesis. */
  public static Errata all() {
    return new Errata(Ledger.thesis().with(Verdict.ERRATUM));
  }

  /** The errata of one chapter. */
  public static Errata ofChapter(int chapter) {
    return new Errata(
        Ledger.thesis().chapter(chapter).stream()
            .filter(entry -> entry.verdict() == Verdict.ERRATUM)
            .toList());
  }

  /** The errata of one weight among these. */
  public Errata of(Weight weight) {
    return new Errata(entries.stream().filter(entry -> entry.weight() == weight).toList());
  }

  /**
   * One erratum.
   *
   * @throws IllegalArgumentException if the ledger has no such number, or its verdict is another
   */
  public static LedgerEntry of(String number) {
    return new Errata(List.of(Ledger.thesis().entry(number))).entries().get(0);
  }

  @Override
  public String toString() {
    return entries.isEmpty()
        ? "no errata"
        : entries.stream().map(LedgerEntry::toString).collect(Collectors.joining("\n"));
  }
}
