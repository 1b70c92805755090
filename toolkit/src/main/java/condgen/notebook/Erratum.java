package condgen.notebook;

import condgen.display.Picture;
import condgen.thesis.Errata;
import condgen.thesis.Ledger;
import condgen.thesis.LedgerEntry;
import condgen.thesis.Verdict;
import condgen.thesis.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Boxes that set what the thesis prints beside what is right, as the ledger has it. As the last
 * value of a cell a box is shown; elsewhere its text form says the same.
 */
public final class Erratum {
  private static final String BOX =
      "<div style=\"border-left:4px solid #c44; padding:0.3em 1em; margin:0.5em 0\">"
          + "<b>%s %s</b> (section %s%s)"
          + "<table style=\"margin:0.3em 0\">%s%s</table></div>";
  private static final String ROW =
      "<tr><td style=\"text-align:left; vertical-align:top\"><b>%s</b></td>"
          + "<td style=\"text-align:left\">%s</td></tr>";

  private Erratum() {}

  /**
   * The boxes of one or more errata, or of statements that can be read in more than one way.
   *
   * @param numbers such as {@code "2.1.7"}
   * @throws IllegalArgumentException if a number is unknown or its statement holds as printed
   */
  public static Picture show(String... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("name at least one equation, such as \"2.1.7\"");
    }
    return boxes(Arrays.stream(numbers).map(Erratum::entry).toList());
  }

  /** The boxes of all errata of a chapter, in the thesis's order. */
  public static Picture ofChapter(int chapter) {
    List<LedgerEntry> entries = Errata.ofChapter(chapter).entries();
    return entries.isEmpty()
        ? Picture.ofText("Chapter " + chapter + " has no errata.")
        : boxes(entries);
  }

  private static LedgerEntry entry(String number) {
    LedgerEntry entry = Ledger.thesis().entry(number);
    if (entry.verdict() == Verdict.OK) {
      throw new IllegalArgumentException(number + " holds as printed; it is no erratum");
    }
    return entry;
  }

  private static Picture boxes(List<LedgerEntry> entries) {
    return Picture.ofHtml(
        entries.stream().map(Erratum::html).collect(Collectors.joining("\n")),
        entries.stream().map(LedgerEntry::toString).collect(Collectors.joining("\n")));
  }

  private static String html(LedgerEntry entry) {
    boolean wrong = entry.verdict() == Verdict.ERRATUM;
    String weight =
        entry.weight() == Weight.NONE ? "" : ", " + entry.weight().name().toLowerCase(Locale.ROOT);
    return BOX.formatted(
        wrong ? "Erratum" : "More than one reading",
        entry.number(),
        entry.section(),
        weight,
        ROW.formatted("printed", Formula.html(entry.statement())),
        ROW.formatted(wrong ? "right" : "readings", Formula.html(entry.note())));
  }
}
