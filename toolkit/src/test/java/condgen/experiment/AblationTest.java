package condgen.experiment;

import static org.junit.jupiter.api.Assertions.*;

import com.google.gson.JsonObject;
import condgen.tensor.Devices;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class AblationTest {

  private static final Ablation SQUARES =
      Ablation.of(Rows.Square.class).over("x", 3, 0.5).seeds(1, 2, 6);

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void rows_areInOrder_andAverageOverSeeds(@TempDir Path cards) throws IOException {
    List<String> seen = new ArrayList<>();
    AblationResult result =
        SQUARES
            .cards(cards)
            .observer((done, total, row) -> seen.add(done + "/" + total + " " + row.setting()))
            .run();
    assertEquals("1/6 x = 3, seed = 1", seen.get(0));
    assertEquals("6/6 x = 0.5, seed = 6", seen.get(5));
    assertEquals("6 rows: 6 computed", result.origins());
    // 10, 11, 15: mean 12, sample variance (4 + 1 + 9) / 2.
    assertEquals(12, result.mean(Setting.of("x", 3.0), "square"), 1e-12);
    assertEquals(
        Math.sqrt(7), result.of(Setting.of("x", 3), "square").getStandardDeviation(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> result.mean(Setting.of("x", 4), "square"));
    assertEquals(6, files(cards).size());
  }

  @Test
  void card_saysWhatTheRunWas(@TempDir Path cards) throws IOException {
    Ablation.of(Rows.Newer.class).over("x", "A b").cards(cards).run();
    Path file = files(cards).get(0);
    assertTrue(file.getFileName().toString().matches("a-b_1_[0-9a-f]{12}\\.json"), file.toString());
    JsonObject card = RunCard.read(file);
    assertEquals("2", card.get("version").getAsString());
    assertEquals("digits of A b", card.get("data").getAsString());
    assertEquals(1, card.getAsJsonObject("setting").get("seed").getAsInt());
    assertEquals(Devices.name(), card.get("device").getAsString());
    assertEquals(Devices.threads(), card.get("threads").getAsInt());
    assertTrue(card.get("seconds").getAsDouble() >= 0);
    assertTrue(card.get("peak memory in MB").getAsLong() > 10);
    assertEquals(
        List.of("condgen", "DJL", "PyTorch", "Java"),
        List.copyOf(card.getAsJsonObject("versions").keySet()));
  }

  @Test
  void secondRun_takesCards_andSaysSo(@TempDir Path cards) throws IOException {
    SQUARES.cards(cards).run();
    int before = Rows.Square.measured;
    Files.writeString(files(cards).get(2), "{\"hash\": \"trunc");
    Files.delete(files(cards).get(4));
    AblationResult again = SQUARES.cards(cards).run();
    assertEquals(before + 2, Rows.Square.measured, "a damaged card is computed again");
    assertEquals("6 rows: 2 computed, 4 from cards", sorted(again.origins()));
    assertEquals("6 rows: 6 from cards", SQUARES.cards(cards).read().origins());
    assertEquals("6 rows: 6 not computed yet", SQUARES.read().origins());
    assertEquals("6 rows: 6 computed", SQUARES.run().origins(), "without cards all is computed");
  }

  private static String sorted(String origins) {
    String[] parts = origins.split(": ");
    return parts[0] + ": " + String.join(", ", Stream.of(parts[1].split(", ")).sorted().toList());
  }

  @Test
  void identity_isClassVersionSettingAndData() {
    RowCards cards = new RowCards(new Rows.Square(), null);
    String hash = cards.hash(Setting.of("x", 1, "y", "a"));
    assertEquals(hash, cards.hash(Setting.of("y", "a", "x", 1.0)), "order and 1.0 do not matter");
    assertNotEquals(hash, cards.hash(Setting.of("x", 2, "y", "a")));
    assertNotEquals(hash, new RowCards(new Rows.Newer(), null).hash(Setting.of("x", 1, "y", "a")));
    Setting setting = Setting.of("x", 0.1, "n", 1L << 40, "t", "µ\"");
    assertEquals(setting, Setting.of(setting.json()));
    assertThrows(IllegalArgumentException.class, () -> Setting.of("x"));
    assertThrows(IllegalArgumentException.class, () -> Setting.of("x", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> setting.integer("x"));
    assertThrows(IllegalArgumentException.class, () -> setting.number("t"));
    assertThrows(IllegalArgumentException.class, () -> setting.text("absent"));
  }

  @Test
  void failedRow_isReported_leavesNoCard_andSpoilsNothing(@TempDir Path cards) throws IOException {
    AblationResult result =
        Ablation.of(Rows.Square.class)
            .over("x", 2)
            .over("do", "fail", "nan", "")
            .seeds(1, 2)
            .cards(cards)
            .run();
    assertEquals("6 rows: 4 FAILED, 2 computed", result.origins());
    assertEquals("java.lang.IllegalStateException: x is wrong", result.failures().get(0).message());
    assertTrue(result.failures().get(2).message().contains("square must be a finite number"));
    assertEquals(5.5, result.mean(Setting.of("do", ""), "square"), 1e-12);
    assertEquals(2, files(cards).size());
    Table table = result.table("t", List.of());
    assertTrue(table.doubleColumn("square").isMissing(0));
    assertEquals("2 rows: 2 FAILED", table.stringColumn("rows").get(0));
  }

  @Test
  void interruptedRun_goesOnWhereItWas(@TempDir Path cards) throws IOException {
    Ablation ablation =
        Ablation.of(Rows.Square.class).over("do", "", "interrupt").over("x", 1, 2).cards(cards);
    assertThrows(CancellationException.class, ablation::run);
    assertTrue(Thread.interrupted(), "the interrupt stays set");
    assertEquals(3, files(cards).size(), "the third row was whole when the interrupt was seen");
    assertEquals("4 rows: 1 computed, 3 from cards", sorted(ablation.run().origins()));
    assertTrue(Thread.interrupted(), "the last row set it again");
    assertEquals("4 rows: 4 from cards", ablation.run().origins());
  }

  @Test
  void table_standsBesideTheThesis() {
    ThesisRow row = new ThesisRow(Setting.of("x", 3), Map.of("square", 9.0), "no: another square");
    Table table = SQUARES.and(Setting.of("x", 7, "kind", "extra")).run().table("t", List.of(row));
    assertEquals(3, table.rowCount());
    assertEquals(9, table.doubleColumn("thesis: square").get(0));
    assertEquals("no: another square", table.stringColumn("comparable?").get(0));
    assertTrue(table.doubleColumn("thesis: square").isMissing(1));
    assertEquals("not in the thesis", table.stringColumn("comparable?").get(2));
    assertEquals("extra", table.stringColumn("kind").get(2));
    assertEquals(Math.sqrt(7), table.doubleColumn("± square").get(0), 1e-12);
  }

  @Test
  void workers_areProcesses_andOneThatDiesIsReplaced(@TempDir Path cards) throws IOException {
    Ablation ablation =
        Ablation.of(Rows.Square.class)
            .over("x", 2)
            .over("do", "", "die", "fail", "last")
            .cards(cards);
    AblationResult result = ablation.run(2);
    assertEquals(
        List.of("COMPUTED", "FAILED", "FAILED", "COMPUTED"),
        result.rows().stream().map(r -> r.origin().name()).toList(),
        result.toString());
    assertTrue(result.failures().get(0).message().contains("exit status 3"), result.toString());
    assertTrue(result.failures().get(1).message().contains("x is wrong"), result.toString());
    Map<String, Double> first = result.rows().get(0).values();
    assertEquals(5, first.get("square"));
    assertNotEquals((double) ProcessHandle.current().pid(), first.get("process"));
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(
        Workers.threads(System.getenv("CONDGEN_THREADS"), processors, 2), first.get("threads"));
    assertEquals(2, files(cards).size());
    assertEquals("4 rows: 2 from cards, 2 not computed yet", sorted(ablation.read().origins()));
    assertThrows(IllegalArgumentException.class, () -> ablation.run(0));
  }

  @Test
  void killedRun_leavesNoWorker_andGoesOn(@TempDir Path cards) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Rows.Endless.class.getName(),
            cards.toString());
    builder.environment().put("CLASSPATH", WorkerClassPath.of(Rows.class));
    Process parent = builder.redirectErrorStream(true).start();
    for (int i = 0; i < 600 && files(cards).size() < 2; i++) {
      Thread.sleep(50);
    }
    List<ProcessHandle> workers = parent.descendants().toList();
    assertEquals(1, workers.size());
    parent.destroyForcibly().waitFor();
    workers.get(0).onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    AblationResult rest =
        Ablation.of(Rows.Square.class)
            .over("do", "sleep")
            .over("x", 0, 0.01, 60)
            .cards(cards)
            .read();
    assertEquals("3 rows: 2 from cards, 1 not computed yet", rest.origins());
  }

  /** A Java kernel loads the jars by a loader of its own; the process's class path lacks them. */
  @Test
  void classPath_isThatOfTheLoader() throws Exception {
    URL[] urls = {
      Path.of("target/classes").toUri().toURL(), Path.of("target/no such.jar").toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> there = loader.loadClass(WorkerClassPath.class.getName());
      var method = there.getDeclaredMethod("of", Class.class);
      method.setAccessible(true);
      String path = (String) method.invoke(null, there);
      assertTrue(path.contains("target" + java.io.File.separator + "classes"), path);
      assertTrue(path.contains("no such.jar"), path);
      assertFalse(path.contains("junit"), path);
    }
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> WorkerClassPath.of(String.class));
    assertTrue(e.getMessage().contains("without workers"), e.getMessage());
  }

  @Test
  void workers_shareTheCores() {
    assertEquals(4, Workers.threads(null, 8, 2));
    assertEquals(1, Workers.threads("", 2, 3));
    assertEquals(3, Workers.threads("6", 64, 2));
  }
}
