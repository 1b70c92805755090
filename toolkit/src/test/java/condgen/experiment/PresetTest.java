package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {
  @ParameterizedTest
  @CsvSource({
    "smoke,SMOKE",
    "lecture,LECTURE",
    "PAPER,PAPER",
    "' Smoke ',SMOKE",
    "'',LECTURE",
    ",LECTURE"
  })
  void parseTakesTheThreeNamesAndDefaultsToLecture(String name, Preset expected) {
    assertEquals(expected, Preset.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "smoke,lecture", "full"})
  void parseListsThePresetsForAnUnknownName(String name) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Preset.parse(name));
    assertEquals(
        "CONDGEN_PRESET must be one of smoke, lecture, paper, but is \"" + name + "\"",
        e.getMessage());
  }

  @Test
  void chooseGivesTheValueOfThePreset() {
    assertEquals(1, Preset.SMOKE.choose(1, 2, 3));
    assertEquals(3_000_000_000L, Preset.PAPER.choose(1, 2, 3_000_000_000L));
    assertEquals(2.5, Preset.LECTURE.choose(1.5, 2.5, 3.5));
    assertEquals("c", Preset.PAPER.choose("a", "b", "c"));
  }

  @Test
  void currentIsTheOneOfTheEnvironment() {
    assertEquals(Preset.parse(System.getenv(Preset.VARIABLE)), Preset.current());
  }
}
