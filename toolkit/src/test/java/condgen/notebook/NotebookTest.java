package condgen.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.experiment.Preset;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private final PrintStream console = System.out;

  @BeforeEach
  void keepTheLinesOfChecksOutOfTheBuild() {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(console);
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Notebook start(Preset preset, Map<String, String> environment) {
    return Notebook.start("02", preset, environment, out);
  }

  @Test
  void theBannerSaysWhatMattersAndHasNoPath() {
    start(Preset.SMOKE, Map.of("CONDGEN_SEED", "7"));
    assertTrue(output().startsWith("condgen "), output());
    assertTrue(
        output()
            .contains(
                ", notebook 02, preset smoke, seed 7, Java " + System.getProperty("java.version")),
        output());
    assertTrue(output().contains(Devices.banner()), output());
    assertFalse(output().contains("/") || output().contains("\\"), output());
  }

  @ParameterizedTest
  @CsvSource({"SMOKE,false", "LECTURE,false", "PAPER,true"})
  void onlyPaperOnTheCpuIsWarnedOf(Preset preset, boolean warned) {
    assertEquals(warned, Notebook.warning(preset, false).startsWith("WARNING: preset paper"));
    assertEquals("", Notebook.warning(preset, true));
    start(preset, Map.of());
    assertEquals(warned && !Devices.isGpu(), output().contains("WARNING"));
  }

  @Test
  void theSeedIsTheDefaultOrThatOfTheEnvironment() {
    assertEquals(2023, Notebook.seed(null));
    assertEquals(2023, Notebook.seed(" "));
    assertEquals(-5, Notebook.seed(" -5 "));
    Exception e = assertThrows(IllegalArgumentException.class, () -> Notebook.seed("1.5"));
    assertEquals("CONDGEN_SEED must be a whole number, but is \"1.5\"", e.getMessage());
  }

  @Test
  void theSameSeedDrawsTheSameNumbersAfterTheStart() {
    Map<String, String> seven = Map.of("CONDGEN_SEED", "7");
    double[][] draws = new double[3][];
    for (int i = 0; i < 3; i++) {
      start(Preset.SMOKE, i < 2 ? seven : Map.of());
      draws[i] = Tensors.toDoubles(Seeds.normalLike(Tensors.zeros(new Shape(4))));
    }
    assertEquals(List.of(draws[0][0], draws[0][3]), List.of(draws[1][0], draws[1][3]));
    assertFalse(draws[0][0] == draws[2][0]);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "2", "02-background", "../02"})
  void aNameOtherThanTwoDigitsIsRefused(String name) {
    assertThrows(
        IllegalArgumentException.class, () -> Notebook.start(name, Preset.SMOKE, Map.of(), out));
  }

  @Test
  void finishFreesWhatWasMadeSinceTheStartButNoConstant() {
    // A number in common use: once there are many, new ones are no longer remembered.
    double constant = 0.5;
    NDArray earlier = Scalars.scale(Tensors.ones(new Shape(2)), constant);
    Notebook notebook = start(Preset.SMOKE, Map.of());
    NDArray made = Tensors.ones(new Shape(3));
    NDArray scaled = Scalars.scale(made, constant);
    notebook.finish(out);
    assertThrows(RuntimeException.class, () -> Tensors.toDoubles(made));
    assertThrows(RuntimeException.class, () -> Tensors.toDoubles(scaled));
    assertEquals(constant, Tensors.toDoubles(earlier)[0]);
    assertEquals(0.25, Tensors.toDoubles(Scalars.scale(earlier, constant))[0], 1e-7);
    assertTrue(output().contains("notebook 02 done: checks passed 0, arrays freed 2"), output());
    assertTrue(output().contains("peak memory "), output());
    assertTrue(output().contains("total time 0 s"), output());
  }

  @Test
  void finishCountsTheChecksSinceTheStartAndDoesNothingTheSecondTime() {
    Check.that("before the start", true);
    Notebook notebook = start(Preset.SMOKE, Map.of());
    Check.that("one", true);
    Check.that("two", 0, 0);
    notebook.finish(out);
    assertTrue(output().contains("checks passed 2"), output());
    int length = printed.size();
    notebook.finish(out);
    assertEquals(length, printed.size());
  }

  @Test
  void toStringIsShortSoThatACellShowsItOnce() {
    assertEquals("notebook 02 (smoke, seed 2023)", start(Preset.SMOKE, Map.of()).toString());
  }

  @ParameterizedTest
  @CsvSource({"0,0 s", "1499,1 s", "59499,59 s", "59500,1 min 00 s", "3723000,62 min 03 s"})
  void timesAreInSecondsAndMinutes(long milliseconds, String expected) {
    assertEquals(expected, Notebook.text(Duration.ofMillis(milliseconds)));
  }
}
