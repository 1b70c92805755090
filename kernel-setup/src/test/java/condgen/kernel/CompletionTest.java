package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static TestCells cells;

  @BeforeAll
  static void start() throws CellException {
    cells = new TestCells();
    cells.run("int twice(int n) { return 2 * n; }\nString word = \"w\";");
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  /** Completes at the bar and returns the texts with the first one put in. */
  private static String complete(String code) {
    int at = code.indexOf('|');
    String text = code.replace("|", "");
    ReplacementOptions found = cells.kernel.complete(text, at);
    if (found.getReplacements().isEmpty()) {
      return text;
    }
    return text.substring(0, found.getSourceStart())
        + found.getReplacements().get(0)
        + text.substring(found.getSourceEnd());
  }

  @Test
  void complete_memberMethodAndOwnName() {
    assertEquals("Math.max(", complete("Math.ma|"));
    assertEquals("twice(", complete("twi|"));
    assertEquals("word.toUpperCase(", complete("word.toUp|"));
  }

  @Test
  void complete_inALaterStatement_replacesOnlyThere() {
    assertEquals(
        "int a = 1;\nint b = twice(;\nint c;", complete("int a = 1;\nint b = twi|;\nint c;"));
  }

  @Test
  void complete_commands() {
    assertEquals(List.of("maven", "mavenRepo"), cells.kernel.complete("%mav", 4).getReplacements());
    assertEquals("int a;\n%%time", complete("int a;\n%%ti|"));
    assertEquals("%time word.length()", complete("%time word.leng|"));
  }

  @Test
  void complete_nonsense_offersNothing() {
    assertTrue(cells.kernel.complete("zzzzz.", 6).getReplacements().isEmpty());
    assertTrue(cells.kernel.complete("x", 99).getReplacements() != null);
  }

  private static String inspect(String code) {
    DisplayData found = cells.kernel.inspect(code.replace("|", ""), code.indexOf('|'), false);
    return found == null ? null : found.getData(MIMEType.TEXT_PLAIN).toString();
  }

  @Test
  void inspect_methodVariableAndUnknown() {
    assertTrue(inspect("Math.ma|x(1, 2)").contains("int Math.max(int a, int b)"));
    assertEquals("int twice(int n)", inspect("int a = 1;\ntwice|(a)"));
    assertTrue(inspect("word|").contains("String"));
    assertNull(inspect("zzzzz|"));
  }

  @Test
  void isComplete_tellsWholeFromUnfinished() {
    assertEquals("complete", cells.kernel.isComplete("int a = 1;"));
    assertEquals("complete", cells.kernel.isComplete("a"));
    assertEquals("    ", cells.kernel.isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals("complete", cells.kernel.isComplete("%time 1 + 1"));
    assertEquals("invalid", cells.kernel.isComplete("int 3 a b ) ;"));
  }
}
