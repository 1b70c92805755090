package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.download.DataCache;
import condgen.tensor.Devices;
import condgen.tensor.Seeds;
import condgen.training.Training;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Which share of a training step of the notebook's network on digits passes outside the engine's
 * native operators. {@code toolkit/measure training} runs it.
 *
 * <p>A second thread asks every 5 ms where the training thread is. A sample counts as inside when
 * its innermost frame is a native method of the engine's library; everything else (layers, scopes,
 * the optimiser, the making of a batch from bytes, other native calls) counts as outside. No sample
 * is lost: a thread in native code answers at once, one in Java code at its next safepoint, a
 * microsecond or so later. The C++ glue of a native call counts as inside.
 */
public final class ShareOutsideOperators {

  private static final int WARM_UP = 60;
  private static final int STEPS = 200;
  private static final int BATCH = 32;
  private static final long EVERY = 5_000_000;
  private static final double MOST = 0.15;
  private static final String ENGINE = "ai.djl.pytorch.jni.PyTorchLibrary";

  private ShareOutsideOperators() {}

  /** Exits with 1 when the share is above 15 %. */
  public static void main(String[] arguments) throws InterruptedException {
    DigitModel model = DigitModel.DDPM;
    NDList theta = model.network().initialize(Seeds.of(1));
    Training training = new Training(theta, new Training.Options(2e-3, 100, 1, 0.999));
    LabelledImages digits = Mnist.train(DataCache.at(Path.of("toolkit/src/test/resources/data")));
    run(training, model, digits, WARM_UP);
    AtomicBoolean done = new AtomicBoolean();
    Map<String, Integer> outside = new TreeMap<>();
    int[] inside = new int[1];
    Thread trainer = Thread.currentThread();
    Thread sampler = new Thread(() -> sample(trainer, done, inside, outside), "sampler");
    sampler.start();
    long start = System.nanoTime();
    run(training, model, digits, WARM_UP + STEPS);
    double seconds = (System.nanoTime() - start) / 1e9;
    done.set(true);
    sampler.join();
    int other = outside.values().stream().mapToInt(Integer::intValue).sum();
    double share = (double) other / (inside[0] + other);
    System.out.printf(
        "%d steps of %d digits, %d threads: %.1f ms a step; of %d samples %.1f %% outside native"
            + " operators (allowed %.0f %%)%n",
        STEPS,
        BATCH,
        Devices.threads(),
        1000 * seconds / STEPS,
        inside[0] + other,
        100 * share,
        100 * MOST);
    outside.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(8)
        .forEach(e -> System.out.printf("  %4d  %s%n", e.getValue(), e.getKey()));
    System.exit(share <= MOST ? 0 : 1);
  }

  private static void run(Training training, DigitModel model, LabelledImages digits, int until) {
    training.run(
        until,
        n ->
            theta -> {
              NDArray x0 = digits.batch(1, n, BATCH).images();
              return model.loss(model.predictor(theta), Seeds.of(1), n, x0);
            },
        (step, loss) -> {});
  }

  /** Counts the samples inside, and those outside by the method at the top. */
  private static void sample(
      Thread trainer, AtomicBoolean done, int[] inside, Map<String, Integer> outside) {
    while (!done.get()) {
      StackTraceElement top = trainer.getStackTrace()[0];
      if (top.isNativeMethod() && top.getClassName().equals(ENGINE)) {
        inside[0]++;
      } else {
        outside.merge(top.getClassName() + "." + top.getMethodName(), 1, Integer::sum);
      }
      LockSupport.parkNanos(EVERY);
    }
  }
}
