package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a row, a worker or a description stays there, and is said. */
class AblationFaultsTest {

  private static final Ablation SQUARES = Ablation.of(Rows.Square.class).over("x", 2);

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  private static List<AblationRow.Origin> origins(AblationResult result) {
    return result.rows().stream().map(AblationRow::origin).toList();
  }

  /** Prints past System.out, as native code does, lines that are no answers. */
  @Test
  void workersThatPrint_answerAllTheSame() {
    AblationResult result =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> SQUARES.over("do", "print", "answer nonsense", "").run(1));
    assertEquals(
        List.of(
            AblationRow.Origin.COMPUTED, AblationRow.Origin.FAILED, AblationRow.Origin.COMPUTED),
        origins(result),
        result.toString());
    assertEquals(5, result.rows().get(0).values().get("square"));
    String message = result.failures().get(0).message();
    assertTrue(message.contains("answer cannot be read"), message);
  }

  @Test
  void errorsOfARow_areItsFailure() {
    AblationResult result = SQUARES.over("do", "overflow", "no class", "").run();
    assertEquals("3 rows: 2 FAILED, 1 computed", result.origins());
    assertEquals("java.lang.StackOverflowError", result.failures().get(0).message());
    assertTrue(result.failures().get(1).message().contains("condgen/Absent"), result.toString());
  }

  @Test
  void rowWhoseDataIsMissing_hasFailed_readToo(@TempDir Path cards) {
    Ablation ablation = Ablation.of(Rows.Missing.class).over("x", 0, 1).cards(cards);
    assertEquals("2 rows: 1 FAILED, 1 not computed yet", ablation.read().origins());
    assertEquals("2 rows: 1 FAILED, 1 computed", ablation.run().origins());
    assertTrue(ablation.read().failures().get(0).message().contains("no checkpoint"));
  }

  @Test
  void cardsThatHoldNothing_areNone(@TempDir Path cards) throws IOException {
    for (String text : List.of("", "null", "[]", "{\"hash\": [1]}")) {
      SQUARES.cards(cards).run();
      try (Stream<Path> files = Files.list(cards)) {
        Files.writeString(files.findFirst().orElseThrow(), text);
      }
      assertEquals("1 row: 1 not computed yet", SQUARES.cards(cards).read().origins());
      assertEquals("1 row: 1 computed", SQUARES.cards(cards).run().origins());
    }
  }

  @Test
  void seeds_areExactWholeNumbers() {
    long large = (1L << 53) + 1;
    assertEquals(large, Setting.of("seed", large).seed());
    assertEquals(large, Setting.of(Setting.of("seed", large).json()).seed());
    assertEquals(Long.MIN_VALUE, Setting.of("seed", Long.MIN_VALUE).seed());
    assertEquals(3, Setting.of("seed", 3.0).seed());
    assertTrue(refusal(() -> Setting.of("seed", 1.5).seed()).contains("1.5"));
    assertTrue(refusal(() -> Setting.of("seed", "1").seed()).contains("whole number"));
    assertTrue(refusal(() -> Setting.of().seed()).contains("seed"));
  }

  @Test
  void description_thatSaysTwoThings_isRefused() {
    assertTrue(refusal(() -> SQUARES.seeds(1, 1)).contains("but are [1, 1]"));
    assertTrue(refusal(() -> SQUARES.over("seed", 5, 6)).contains("seeds(...)"));
    assertTrue(refusal(() -> SQUARES.and(Setting.of("seed", 5))).contains("seeds(...)"));
    assertTrue(refusal(() -> SQUARES.over("x", 3)).contains("values of x must be given once"));
  }

  /** Cards that exist are named after the first text: it must never change. */
  @Test
  void identity_ofUnequalSettings_differs() {
    assertEquals(
        "{images=half of the test set, model=PATCH_DDPM, samples=512, seed=1, x=0.5}",
        Setting.of("model", "PATCH_DDPM", "x", 0.5, "samples", 512, "seed", 1)
            .with("images", "half of the test set")
            .canonical());
    assertEquals(
        "{images=PATCH_DDPM, samples=512, seed=1, steps=1000}",
        Setting.of("images", "PATCH_DDPM", "steps", 1000, "samples", 512, "seed", 1).canonical());
    List<Setting> unequal =
        List.of(
            Setting.of("x", 1),
            Setting.of("x", "1"),
            Setting.of("x", "\"1\""),
            Setting.of("x", 1e-7),
            Setting.of("x", "1.0E-7"),
            Setting.of("x", "-1"),
            Setting.of("x", -1),
            Setting.of("x", 1, "y", 2),
            Setting.of("x", "1, y=2"),
            Setting.of("x=1, y", 2));
    assertEquals(unequal.size(), unequal.stream().map(Setting::canonical).distinct().count());
  }
}
