package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class TablesTest {
  @Test
  void textIsEscapedAndNumbersAreRoundedAndRightAligned() {
    String html = Gallery.table().picture().html().orElseThrow();
    assertTrue(html.contains("Euler &lt;1&gt;"), html);
    assertTrue(html.contains("RK4 &amp; co"), html);
    assertFalse(html.contains("<1>"), html);
    assertTrue(html.contains("text-align:right\">0.01235</td>"), html);
    assertTrue(html.contains("text-align:right\">3.2e-9</td>"), html);
    assertTrue(html.contains("text-align:right\">–</td>"), "a missing number");
    assertTrue(html.contains("<th scope=\"col\""), html);
  }

  @Test
  void alternativeIsTheTableInAlignedText() {
    String[] lines = Gallery.table().picture().alt().split("\n");
    assertEquals("Evaluations and errors", lines[0]);
    assertEquals("method     evaluations  error [m]", lines[1]);
    assertEquals("RK4 & co           400     3.2e-9", lines[3]);
  }

  @Test
  void rowsBeyondTheMostAreCounted() {
    Table table = Table.create("Long", IntColumn.create("n", new int[] {1, 2, 3}));
    String html = Tables.of(table).maxRows(2).picture().html().orElseThrow();
    assertTrue(html.contains("… and 1 row more."), html);
    assertTrue(Tables.of(table.emptyCopy()).picture().alt().contains("No rows."));
  }

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertEquals("0", Numbers.format(0));
    assertEquals("1.235", Numbers.format(1.23456));
    assertEquals("1234567", Numbers.format(1234567, 7));
    assertEquals("1.5e-7", Numbers.format(1.5e-7));
    assertEquals("-2e9", Numbers.format(-2e9));
    assertEquals("10⁻¹²", Numbers.powerOfTen(-12));
    assertEquals("1:02:03", Numbers.duration(3723));
    assertEquals("0:07", Numbers.duration(7.2));
  }
}
