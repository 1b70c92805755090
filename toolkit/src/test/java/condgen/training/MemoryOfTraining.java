package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.nn.Dense;
import condgen.tensor.Activation;
import condgen.tensor.Devices;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains a small network for 5,000 steps and prints what the process holds outside the Java heap.
 * {@code toolkit/measure memory} runs it in a process of its own with a small, touched heap.
 */
public final class MemoryOfTraining {

  private static final int FIRST = 500;
  private static final int LAST = 5_000;
  private static final double MOST_GROWTH = 16;

  private MemoryOfTraining() {}

  /** Exits with 1 when memory grew by 16 MB or more, or an array was left. */
  public static void main(String[] args) throws IOException {
    Dense first = new Dense(2, 64);
    Dense second = new Dense(64, 1);
    NDList theta = first.initialize(Seeds.of(1));
    theta.addAll(second.initialize(Seeds.of(2)));
    Training training = new Training(theta, new Training.Options(1e-3, 0, 1, 0.99));
    train(training, first, second, FIRST);
    double before = outsideHeap();
    int arrays = Devices.liveArrays();
    train(training, first, second, LAST);
    double growth = outsideHeap() - before;
    int left = Devices.liveArrays() - arrays;
    System.out.printf(
        "steps %d to %d: resident minus heap grew by %.1f MB (allowed %.0f), live arrays by %d%n",
        FIRST, LAST, growth, MOST_GROWTH, left);
    System.exit(growth < MOST_GROWTH && left == 0 ? 0 : 1);
  }

  private static void train(Training training, Dense first, Dense second, int until) {
    training.run(
        until,
        n -> {
          NDArray x = Seeds.of(3).normal(n, new Shape(512, 2));
          return p -> {
            Dual h = Activation.TANH.apply(first.apply(p, Dual.of(x), null));
            NDList last = new NDList(p.get(2), p.get(3));
            return second.apply(last, h, null).value().square().mean();
          };
        },
        (step, loss) -> {});
  }

  /** Megabytes resident, less those of the Java heap, which the caller has touched in full. */
  private static double outsideHeap() throws IOException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return resident / 1024.0 - Runtime.getRuntime().totalMemory() / 1048576.0;
  }
}
