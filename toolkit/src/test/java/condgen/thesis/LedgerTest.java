package condgen.thesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
  private static final String HEADER = "number\tsection\tstatement\tverdict\tnote\tweight\n";
  private final Ledger ledger = Ledger.thesis();

  @Test
  void everyNumberedEquationOfTheThesisHasOneEntry() {
    Pattern numbered = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    long count =
        ledger.entries().stream().filter(e -> numbered.matcher(e.number()).matches()).count();
    assertEquals(266, count);
  }

  /** How many equations each section numbers, counted in the thesis. */
  @ParameterizedTest
  @CsvSource({
    "2.1,16", "2.2,9", "2.3,7", "2.4,68", "2.5,17", "3.4,2", "4.2,5", "4.3,20", "4.4,1", "4.7,1",
    "5.4,5", "5.6,2", "6.2,35", "6.3,29", "6.4,25", "6.5,15", "7.2,9"
  })
  void theNumbersOfASectionHaveNoGap(String section, int last) {
    for (int i = 1; i <= last; i++) {
      assertTrue(ledger.contains(section + "." + i), section + "." + i);
    }
    assertFalse(ledger.contains(section + "." + (last + 1)));
  }

  @Test
  void verdictsAddUpToTheWholeLedger() {
    assertEquals(226, ledger.with(Verdict.OK).size());
    assertEquals(65, ledger.with(Verdict.ERRATUM).size());
    assertEquals(35, ledger.with(Verdict.AMBIGUOUS).size());
    assertEquals(326, ledger.entries().size());
  }

  @Test
  void chaptersTogetherAreTheLedger() {
    assertEquals(List.of(2, 3, 4, 5, 6, 7), List.copyOf(ledger.chapters()));
    int sum = ledger.chapters().stream().mapToInt(c -> ledger.chapter(c).size()).sum();
    assertEquals(ledger.entries().size(), sum);
    assertEquals(List.of(), ledger.chapter(1));
  }

  @Test
  void entryOfAKnownNumberIsThatRow() {
    LedgerEntry entry = ledger.entry("2.1.7");
    assertEquals(Verdict.ERRATUM, entry.verdict());
    assertEquals(Weight.MAJOR, entry.weight());
    assertEquals("x(1)=5.436", entry.statement());
    assertTrue(entry.note().contains("8.1548"));
    assertEquals(4, ledger.entry("tab4.1").chapter());
    assertEquals(6, ledger.entry("Fig6.2-eds").chapter());
  }

  @Test
  void entryOfAnUnknownNumberNamesItAndItsNeighbours() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ledger.entry("2.3.8"));
    assertTrue(e.getMessage().contains("'2.3.8'"));
    assertTrue(e.getMessage().contains("2.3.1, 2.3.2"));
    Exception far = assertThrows(IllegalArgumentException.class, () -> ledger.entry("euler"));
    assertTrue(far.getMessage().contains("numbers look like 2.1.9"));
  }

  /** Rows speak of the thesis and its mathematics, not of how somebody read or checked it. */
  @Test
  void rowsSpeakOfTheThesisAlone() {
    Pattern other =
        Pattern.compile("\\b(OCR|recognition|sympy|numpy|authors' code|FIX|c24)\\b|  |\\s$");
    for (LedgerEntry entry : ledger.entries()) {
      for (String text : List.of(entry.section(), entry.statement(), entry.note())) {
        assertFalse(other.matcher(text).find(), entry.number() + ": " + text);
      }
    }
  }

  @Test
  void notesReferOnlyToNumbersOfTheLedgerOrOfABook() {
    Pattern number = Pattern.compile("(?<![\\d.,])\\d\\.\\d\\.\\d+(?![\\d.])");
    for (LedgerEntry entry : ledger.entries()) {
      number
          .matcher(entry.note())
          .results()
          .map(match -> match.group())
          .filter(n -> !ledger.contains(n) && !isSection(n))
          .forEach(n -> assertEquals("", n, "note of " + entry.number()));
    }
  }

  private boolean isSection(String number) {
    return List.of("4.4.1", "4.6.3", "5.5.6").contains(number)
        || ledger.entries().stream().anyMatch(e -> e.section().contains(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2.1.9|2.1|x|ok|; expected 6 columns",
        "2.1.9|2.1|x|fine||; verdict 'fine'",
        "2.1.9|2.1|x|erratum||major; has no note",
        "2.1.9|2.1|x|erratum|y|; with weight NONE",
        "2.1.9|2.1|x|ok|y|grave; weight 'grave'",
        "euler|2.1|x|ok||; does not start with a chapter",
        "2.1.9|2.1||ok||; has no statement"
      })
  void readNamesTheLineOfAMalformedRow(String row, String complaint) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Ledger.read(new StringReader(HEADER + row.replace('|', '\t') + "\n"), "rows"));
    assertTrue(e.getMessage().startsWith("rows line 2: "), e.getMessage());
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }

  @Test
  void readRefusesANumberThatOccursTwiceAndAForeignHeader() {
    String row = "2.1.9\t2.1\tx\tok\t\t\n";
    Exception twice =
        assertThrows(
            IllegalArgumentException.class,
            () -> Ledger.read(new StringReader(HEADER + row + row), "rows"));
    assertEquals("rows line 3: 2.1.9 occurs twice", twice.getMessage());
    Exception header =
        assertThrows(
            IllegalArgumentException.class, () -> Ledger.read(new StringReader(row), "rows"));
    assertTrue(header.getMessage().contains("expected the header"));
  }
}
