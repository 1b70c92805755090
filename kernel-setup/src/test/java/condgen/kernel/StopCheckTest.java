package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the question of a library's loop may end the work. */
@Timeout(60)
class StopCheckTest {
  @TempDir private Path directory;

  private final CellRun run = new CellRun();
  private boolean seenFromOutside;

  @BeforeEach
  void interrupt() throws InterruptedException {
    StopCheck.workFor(run);
    run.askToStop("Interrupted");
    StopCheck.arm(run);
    while (!run.isPatienceOver()) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void forget() {
    StopCheck.disarm(run);
    StopCheck.workFor(null);
  }

  /** Asks from inside a method of a class of this name, which stands in for the toolkit's. */
  private void askInside(String name, String method) throws Exception {
    int dot = name.lastIndexOf('.');
    Path source = directory.resolve(name.substring(dot + 1) + ".java");
    Files.writeString(
        source,
        "package %s; public class %s { public static void %s(java.util.concurrent.Callable<?> work)"
                .formatted(name.substring(0, dot), name.substring(dot + 1), method)
            + " throws Exception { work.call(); } }");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), source.toString());
    assertEquals(0, failed);
    Callable<?> ask =
        () -> {
          seenFromOutside = StopCheck.insideWhole(Thread.currentThread());
          StopCheck.checkLibrary();
          return null;
        };
    try (URLClassLoader own = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      try {
        own.loadClass(name).getMethod(method, Callable.class).invoke(null, ask);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof CellInterrupted stop) {
          throw stop;
        }
        throw e;
      }
    }
  }

  @Test
  void checkLibrary_insideAnUpdateOfParameters_waitsForItsEnd() {
    assertDoesNotThrow(() -> askInside("condgen.training.Adam", "step"));
    assertDoesNotThrow(() -> askInside("condgen.training.ExponentialMovingAverage", "update"));
    assertTrue(seenFromOutside);
    assertDoesNotThrow(() -> askInside("condgen.tensor.Scope", "close"));
    assertThrows(CellInterrupted.class, StopCheck::checkLibrary);
  }

  @Test
  void checkLibrary_elsewhereInTheLibrary_ends() {
    assertThrows(CellInterrupted.class, () -> askInside("condgen.training.Training", "run"));
    assertFalse(seenFromOutside);
  }

  @Test
  void checkLibrary_insideTheWorkOfAScope_ends() {
    assertThrows(CellInterrupted.class, () -> askInside("condgen.tensor.Scope", "call"));
  }
}
