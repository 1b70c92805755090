package condgen.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.display.Picture;
import condgen.thesis.Errata;
import condgen.thesis.Ledger;
import condgen.thesis.LedgerEntry;
import condgen.thesis.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErratumTest {
  @Test
  void showSetsThePrintedBesideTheRightForm() {
    Picture box = Erratum.show("2.1.6");
    String html = box.html().orElseThrow();
    assertTrue(html.contains("<b>Erratum 2.1.6</b> (section 2.1.2, major)"), html);
    assertTrue(html.contains("x(0)=3 ⇒ c=2, x(t)=2e<sup>t²</sup>"), html);
    assertTrue(html.contains("c=x(0)=3, so x(t)=3e<sup>t²</sup>"), html);
    assertTrue(box.toString().contains("(2.1.6) printed: x(0)=3 ⇒ c=2"), box.toString());
    assertTrue(box.toString().contains("right: c=x(0)=3"), box.toString());
  }

  @Test
  void showOfSeveralNumbersHasABoxForEach() {
    String html = Erratum.show("2.1.6", "2.1.7").html().orElseThrow();
    assertTrue(html.indexOf("Erratum 2.1.6") < html.indexOf("Erratum 2.1.7"));
  }

  @Test
  void showOfAnAmbiguousStatementNamesItsReadings() {
    String html = Erratum.show("2.5.14").html().orElseThrow();
    assertTrue(html.contains("More than one reading 2.5.14"), html);
    assertTrue(html.contains("Reading A: σ(0)=0"), html);
  }

  @Test
  void showRefusesWhatHoldsWhatIsUnknownAndNothing() {
    Exception holds = assertThrows(IllegalArgumentException.class, () -> Erratum.show("2.1.9"));
    assertEquals("2.1.9 holds as printed; it is no erratum", holds.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Erratum.show("2.9.9"));
    assertThrows(IllegalArgumentException.class, () -> Erratum.show());
  }

  @Test
  void ofChapterShowsEachErratumOfTheChapter() {
    String html = Erratum.ofChapter(2).html().orElseThrow();
    for (LedgerEntry entry : Errata.ofChapter(2).entries()) {
      assertTrue(html.contains("<b>Erratum " + entry.number() + "</b>"), entry.number());
    }
    assertEquals("Chapter 1 has no errata.", Erratum.ofChapter(1).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x_t | x<sub>t</sub>",
        "x_{t-1}+1 | x<sub>t-1</sub>+1",
        "p_{β_s}(x) | p<sub>β<sub>s</sub></sub>(x)",
        "x_i^M | x<sub>i</sub><sup>M</sup>",
        "c^(-(D-2)/D) b | c<sup>(-(D-2)/D)</sup> b",
        "e^{t²} | e<sup>t²</sup>",
        "√ᾱ_t x₀ | √ᾱ<sub>t</sub> x₀",
        "0<β₁<1 & b | 0&lt;β₁&lt;1 &amp; b",
        "a _ b^ | a _ b^",
        "x_{t | x_{t"
      })
  void scriptsBecomeMarkup(String plain, String html) {
    assertEquals(html, Formula.html(plain));
  }

  /** No row of the ledger leaves a script behind, and markup is balanced. */
  @Test
  void everyErratumIsRenderedWhole() {
    for (LedgerEntry entry : Ledger.thesis().entries()) {
      if (entry.verdict() != Verdict.OK) {
        String html = Erratum.show(entry.number()).html().orElseThrow();
        assertFalse(html.replaceAll("<[^>]*>", "").matches("(?s).*[A-Za-zα-ω][_^].*"), html);
        assertEquals(count(html, "<sub>"), count(html, "</sub>"), html);
        assertEquals(count(html, "<sup>"), count(html, "</sup>"), html);
      }
    }
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length;
  }
}
