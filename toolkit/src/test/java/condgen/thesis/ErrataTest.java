package condgen.thesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrataTest {
  @Test
  void errataOfTheChaptersTogetherAreAll() {
    int sum =
        Ledger.thesis().chapters().stream()
            .mapToInt(chapter -> Errata.ofChapter(chapter).entries().size())
            .sum();
    assertEquals(Errata.all().entries().size(), sum);
  }

  @Test
  void errataOfTheWeightsTogetherAreAll() {
    int sum =
        Arrays.stream(Weight.values()).mapToInt(w -> Errata.all().of(w).entries().size()).sum();
    assertEquals(Errata.all().entries().size(), sum);
    assertEquals(0, Errata.all().of(Weight.NONE).entries().size());
  }

  @Test
  void ofGivesAnErratumAndRefusesWhatIsNone() {
    assertEquals("2.1.6", Errata.of("2.1.6").number());
    Exception e = assertThrows(IllegalArgumentException.class, () -> Errata.of("2.1.9"));
    assertEquals("2.1.9 is ok, not an erratum", e.getMessage());
  }

  @Test
  void toStringShowsWhatIsPrintedAndWhatIsRight() {
    String text = Errata.ofChapter(2).toString();
    assertTrue(text.contains("(2.1.7) printed: x(1)=5.436\n  right: x(1)=3e=8.1548"), text);
    assertEquals("no errata", new Errata(List.of()).toString());
  }

  @Test
  void toStringOfAnEntryThatHoldsIsItsStatement() {
    assertEquals("(2.1.10) step size h=0.25", Ledger.thesis().entry("2.1.10").toString());
  }
}
