package condgen.training;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was cut off goes on as if it had not been. */
class ResumeTest {

  private static final int UNTIL = 150;
  private static final int KILLED_AFTER = 70;

  @TempDir private Path directory;

  private Process start(Path file, long until) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RunToKill.class.getName(),
            file.toString(),
            Long.toString(until))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The process is killed in the middle of whatever it does; a second one ends its run. */
  @Test
  void run_thatWasKilled_goesOnToTheBit() throws Exception {
    Path file = directory.resolve("run.safetensors");
    Map<Long, String> before = new TreeMap<>();
    Process killed = start(file, Long.MAX_VALUE);
    try (BufferedReader lines = killed.inputReader()) {
      assertEquals("from 0", lines.readLine());
      while (!before.containsKey((long) KILLED_AFTER)) {
        put(before, lines.readLine());
      }
    } finally {
      killed.destroyForcibly();
    }
    assertTrue(killed.waitFor(1, TimeUnit.MINUTES));
    assertNotEquals(0, killed.exitValue());

    long from = Long.parseLong(Checkpoint.read(file).note("step"));
    assertTrue(from >= KILLED_AFTER - 4, "the checkpoint is of step " + from);
    Map<Long, String> after = new TreeMap<>();
    Process resumed = start(file, from + UNTIL - KILLED_AFTER);
    try (BufferedReader lines = resumed.inputReader()) {
      assertEquals("from " + from, lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        put(after, line);
      }
    }
    assertTrue(resumed.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, resumed.exitValue());
    assertEquals(UNTIL - KILLED_AFTER, after.size());

    Map<Long, String> whole = new TreeMap<>();
    Training training = RunToKill.training();
    training.run(
        from + UNTIL - KILLED_AFTER,
        RunToKill::loss,
        (step, loss) -> whole.put(step, Double.toHexString(loss)));
    before.forEach((step, loss) -> assertEquals(whole.get(step), loss, "step " + step));
    after.forEach((step, loss) -> assertEquals(whole.get(step), loss, "step " + step));
    Checkpoint end = Checkpoint.read(file);
    assertArrayEquals(training.curve().losses(), LearningCurve.of(end).losses());
    try (Scope scope = Scope.open()) {
      requireEqual(training.average(), end.group("average"));
      requireEqual(training.checkpoint().group("theta"), end.group("theta"));
      requireEqual(training.checkpoint().group("adam.mean"), end.group("adam.mean"));
      requireEqual(training.checkpoint().group("adam.square"), end.group("adam.square"));
    }
  }

  private static void put(Map<Long, String> losses, String line) {
    String[] words = line.split(" ");
    losses.put(Long.parseLong(words[0]), words[1]);
  }

  private static void requireEqual(NDList expected, NDList came) {
    assertEquals(expected.size(), came.size());
    for (int i = 0; i < expected.size(); i++) {
      NDArray e = expected.get(i);
      assertEquals(e.getName(), came.get(i).getName());
      assertArrayEquals(Tensors.toFloats(e), Tensors.toFloats(came.get(i)));
    }
  }

  @Test
  void interrupt_leavesAFileToGoOnFrom() {
    Path file = directory.resolve("run.safetensors");
    Training training = RunToKill.training().saveEvery(1000, file);
    training.run(
        20,
        RunToKill::loss,
        (step, loss) -> {
          if (step == 7) {
            Thread.currentThread().interrupt();
          }
        });
    assertTrue(Thread.interrupted());
    Training next = RunToKill.training();
    assertTrue(next.resume(file));
    assertEquals(7, next.steps());
    Training whole = RunToKill.training();
    double[] last = new double[2];
    next.run(20, RunToKill::loss, (step, loss) -> last[0] = loss);
    whole.run(20, RunToKill::loss, (step, loss) -> last[1] = loss);
    assertEquals(last[1], last[0]);
    assertFalse(RunToKill.training().resume(directory.resolve("none")));
  }

  @Test
  void restore_ofAnotherRun_changesNothing_andSaysWhatDiffers() {
    Training training = RunToKill.training();
    training.run(3, RunToKill::loss, (step, loss) -> {});
    Checkpoint checkpoint = training.checkpoint();
    Training other = RunToKill.training().note("seed", "6");
    String message =
        assertThrows(IllegalArgumentException.class, () -> other.restore(checkpoint)).getMessage();
    assertTrue(message.contains("seed must be 6, but is 5"), message);
    assertEquals(0, other.steps());
    NDList three = new NDList(Tensors.of(1));
    Training small =
        new Training(three, new Training.Options(0.01, 20, 0.5, 0.95, WarmUp.FROM_ZERO));
    message =
        assertThrows(IllegalArgumentException.class, () -> small.restore(checkpoint)).getMessage();
    assertTrue(message.contains("layer.0.weight is unexpected"), message);
    assertTrue(message.contains("0 is missing"), message);
    assertEquals(1, Tensors.item(three.get(0)));
  }

  @Test
  void restore_leavesNoArray() {
    Training training = RunToKill.training();
    training.run(3, RunToKill::loss, (step, loss) -> {});
    int before = Devices.liveArrays();
    training.restore(training.checkpoint());
    assertEquals(before, Devices.liveArrays());
  }
}
