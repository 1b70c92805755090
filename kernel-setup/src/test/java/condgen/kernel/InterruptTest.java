package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends the cell and nothing else. The time limits only turn a hang into a failure. */
@Timeout(60)
public class InterruptTest {
  /** Counted down by a cell once it runs. */
  static volatile CountDownLatch started;

  private TestCells cells;

  @BeforeEach
  void start() {
    cells = new TestCells();
  }

  @AfterEach
  void stop() {
    cells.close();
  }

  /** Called by cells. */
  public static final class Signal {
    private Signal() {}

    /** Says that the cell runs. */
    public static void started() {
      started.countDown();
    }
  }

  private CellException interrupt(String code) throws Exception {
    started = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try {
                started.await();
                cells.kernel.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    other.start();
    try {
      return cells.fail(code.replace("SIGNAL", SIGNAL));
    } finally {
      other.interrupt();
      other.join();
    }
  }

  private static final String SIGNAL = "condgen.kernel.InterruptTest.Signal.started();";

  private static Thread cellThread(String id) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getId() == Long.parseLong(id))
        .findFirst()
        .orElse(null);
  }

  /** Waits until the thread waits for its next cell, which uses no processor. */
  private static void assertIdle(Thread thread) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (thread.getState() != Thread.State.WAITING && System.nanoTime() < limit) {
      Thread.sleep(10);
    }
    assertEquals(Thread.State.WAITING, thread.getState());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ SIGNAL while (true); }",
        "for (;;) { SIGNAL count++; }",
        "{ SIGNAL do { count++; } while (true); }",
        "while (true) { try { SIGNAL count++; } catch (Throwable t) { count--; } }",
        "while (true) { try { SIGNAL Thread.sleep(1); } catch (Exception t) { count--; } }",
        "int tree(int n) { SIGNAL return n == 0 ? 1 : tree(n - 1) + tree(n - 1); }\ntree(80)",
        "{ SIGNAL Thread.sleep(600_000); }",
        "{ SIGNAL new java.util.concurrent.CountDownLatch(1).await(); }",
        "{ SIGNAL for (;;) System.out.println(count++); }",
        "java.util.stream.IntStream.iterate(0, i -> i + 1).forEach(i -> { SIGNAL count++; });"
      })
  void interrupt_anyKindOfCell_endsItAndKeepsVariablesAndThread(String code) throws Exception {
    cells.run("long count = 0; int kept = 41;");
    String id = cells.run("Thread.currentThread().getId()");
    CellException e = interrupt(code);
    assertEquals("Interrupted", e.kind());
    assertTrue(e.plainReport().contains("Cell 3, line "), e.plainReport());
    assertIdle(cellThread(id));
    assertEquals("42", cells.run("kept + 1"));
    assertEquals(id, cells.run("Thread.currentThread().getId()"));
    assertEquals("false", cells.run("Thread.currentThread().isInterrupted()"));
  }

  @Test
  void interrupt_thenTheSameCellAgain_works() throws Exception {
    cells.run("int step = 0; int last = 0;");
    String training = "while (step < last || last == 0) { SIGNAL step++; Thread.sleep(1); }\nstep";
    assertEquals("Interrupted", interrupt(training).kind());
    cells.run("last = step + 3;");
    started = new CountDownLatch(1);
    assertEquals(cells.run("last"), cells.run(training.replace("SIGNAL", SIGNAL)));
  }

  @Test
  void interrupt_cleaningUp_isLeftInPeace() throws Exception {
    cells.run("int cleaned = 0;");
    interrupt("try { SIGNAL while (true); } finally { for (int i = 0; i < 1000; i++) cleaned++; }");
    assertEquals("1000", cells.run("cleaned"));
  }

  @Test
  void interrupt_threadsThatTheCellStarted_endToo() throws Exception {
    cells.run("Thread helper = null;");
    interrupt(
        """
        helper = new Thread(() -> { while (true); });
        helper.setDaemon(true);
        { helper.start(); SIGNAL helper.join(); }""");
    // Started by the interrupted cell, it stops at its own next check.
    assertEquals("true", cells.run("helper.join(30_000);\n!helper.isAlive()"));
  }

  @Test
  void interrupt_aCallThatNeverChecks_endsTheCellOnANewThread() throws Exception {
    String id = cells.run("int kept = 7;\nThread.currentThread().getId()");
    CellException e = interrupt("{ SIGNAL new java.math.BigInteger(\"7\").pow(150_000_000); }");
    assertEquals("Interrupted", e.kind());
    assertEquals("7", cells.run("kept"));
    assertNotEquals(id, cells.run("Thread.currentThread().getId()"));
  }

  /** A class of the toolkit's kind: one loop that asks for interrupts, and one that does not. */
  private static final String LIBRARY =
      """
      package condgen.fixture;
      public final class Loops {
        public static volatile long steps;
        public static void deaf(Runnable started) { started.run(); while (true) steps++; }
        public static void polite(Runnable started) {
          started.run();
          do steps++; while (!Thread.currentThread().isInterrupted());
        }
      }""";

  @ParameterizedTest
  @ValueSource(strings = {"deaf", "polite"})
  void interrupt_loopOfTheLibrary_endsItOnTheSameThread(String loop, @TempDir Path directory)
      throws Exception {
    Path source = directory.resolve("Loops.java");
    Files.writeString(source, LIBRARY);
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", directory.toString(), source.toString());
    cells.run("%classpath " + directory);
    String id = cells.run("Thread.currentThread().getId()");
    CellException e = interrupt("condgen.fixture.Loops." + loop + "(() -> { SIGNAL })");
    assertEquals("Interrupted", e.kind());
    assertEquals(id, cells.run("Thread.currentThread().getId()"));
    assertEquals("true", cells.run("condgen.fixture.Loops.steps > 0"));
  }

  @Test
  void interrupt_betweenCells_doesNothing() throws CellException {
    cells.run("int kept = 7;");
    cells.kernel.interrupt();
    assertEquals("7", cells.run("kept"));
  }

  @Test
  void timeout_ofTheSettings_stopsTheCell() throws CellException {
    cells.close();
    cells =
        new TestCells(
            new KernelSettings(
                TestCells.PLAIN.classPath(),
                TestCells.PLAIN.compilerOptions(),
                TestCells.PLAIN.startupScripts(),
                "",
                Optional.of(Duration.ofMillis(1))));
    String message = cells.fail("while (true);").getMessage();
    assertTrue(message.contains("longer than IJAVA_TIMEOUT"), message);
  }
}
