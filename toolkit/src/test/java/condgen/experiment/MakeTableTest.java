package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MakeTableTest {

  @TempDir Path results;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command line without the directory, which the script puts first. */
  private int run(String... arguments) {
    CommandLine line = MakeTable.command();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(results.toString()));
    all.addAll(Arrays.asList(arguments));
    return line.execute(all.toArray(String[]::new));
  }

  private static void card(Measurement measurement, Path directory, Setting setting) {
    RowCards cards = new RowCards(measurement, directory);
    new RunCard()
        .note("values", Map.of("distance", (double) setting.seed()))
        .note("seconds", 1)
        .note("hash", cards.hash(setting))
        .write(cards.file(setting));
  }

  /** All rows of the command line have cards, so none is computed. */
  @Test
  void table_ofRowsThatHaveCards_isPrinted() {
    Path cards = results.resolve("table-6.1");
    SampledDigits row = new SampledDigits();
    List<Ablation> both =
        List.of(SampledDigits.models(5, List.of(100, 50), 1, 2), SampledDigits.references(5, 1, 2));
    both.forEach(a -> a.settings().forEach(s -> card(row, cards, s)));
    assertEquals(
        0, run("6.1", "--steps", "100", "50", "--samples", "5", "--seeds", "2"), err.toString());
    for (String text : List.of("PATCH_NI_DDPM", "white noise", "1.5", "2 rows: 2 from cards")) {
      assertTrue(out.toString().contains(text), text + " in " + out);
    }
    assertFalse(out.toString().contains("FAILED"), out.toString());
  }

  @Test
  void gamma_ofRowsThatHaveCards_isPrinted() {
    SmoothnessOfNoise row = new SmoothnessOfNoise();
    SmoothnessOfNoise.of(7, 512, List.of(0.0, 0.5, 1.0, 1.5), 1, 2, 3)
        .settings()
        .forEach(s -> card(row, results.resolve("gamma"), s));
    assertEquals(0, run("gamma", "--training", "7", "--workers", "2"), err.toString());
    assertTrue(out.toString().contains("3 rows: 3 from cards"), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', name a table",
    "7.1, 7.1",
    "6.1 --steps, --steps",
    "6.1 --steps 1000 3, must divide 1000",
    "6.1 --samples 0, from 1 on",
    "6.1 --seeds -1, --seeds",
    "6.1 --workers two, but is two",
    "6.1 --training 100, --training",
    "gamma --steps 100, --steps",
    "gamma --training 1.5, but is 1.5",
    "7.9 --training 0, from 1 on",
    "7 --clips no, but is no"
  })
  void wrongUsage_isRefused_andNothingWritten(String arguments, String message) throws Exception {
    String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertEquals(2, run(split));
    assertTrue(err.toString().contains(message), err.toString());
    try (Stream<Path> files = Files.list(results)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void help_namesTablesAndOptions() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("6.1") && out.toString().contains("gamma"), out.toString());
    assertEquals(0, run("6.1", "--help"));
    for (String option : List.of("--steps", "--samples", "--seeds", "--workers")) {
      assertTrue(out.toString().contains(option), out.toString());
    }
    assertTrue(out.toString().contains("512 unless given"), out.toString());
  }
}
