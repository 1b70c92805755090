package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MagicSourceTest {
  private static MagicSource of(String cell) {
    return MagicSource.of(cell, Set.of("maven", "time")::contains);
  }

  @Test
  void lineMagic_becomesACallOnTheSameLine() {
    assertEquals(
        "int a;\nlineMagic(\"maven\", java.util.List.of(\"g:a:1\", \"two words\"));\nint b;",
        of("int a;\n%maven g:a:1 \"two words\"\nint b;").java());
  }

  @Test
  void remainderAndTextBlock_stayAsTheyAre() {
    String cell = "int r = 7\n    % b;\nString t = \"\"\"\n%maven x\n\"\"\";";
    assertEquals(cell, of(cell).java());
  }

  @Test
  void unknownName_atTheStartOfALine_isACommandToBeRefused() {
    assertEquals("lineMagic(\"nope\", java.util.List.of());", of("%nope").java());
    assertEquals("  %nope", of("  %nope").java());
  }

  @Test
  void time_marksItsLineAndKeepsColumns() {
    MagicSource source = of("int a;\n%time int b = 1;");
    assertEquals("int a;\n      int b = 1;", source.java());
    assertEquals(Set.of(1), source.timedLines());
  }

  @Test
  void cellMagic_hasArgumentsAndBody() {
    assertEquals(
        new MagicSource.CellCall("time", List.of("x", "y z"), "a\nb"),
        MagicSource.cellMagic("%%time x \"y z\"\na\nb"));
    assertNull(MagicSource.cellMagic("int a;\n%%time"));
  }
}
