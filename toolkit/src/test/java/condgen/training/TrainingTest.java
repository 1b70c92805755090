package condgen.training;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Training.Options OPTIONS = new Training.Options(0.05, 3, 1, 0.9);

  /** (θ − n mod 3)², so that each step has a loss of its own. */
  private static final LongFunction<Function<NDList, NDArray>> LOSS =
      n -> theta -> Scalars.add(theta.get(0), -(n % 3)).square().sum();

  private static final Training.Observer NOBODY = (step, loss) -> {};

  @Test
  void step_agreesWithAdamWrittenOutInDoubles() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.ofDoubles(2));
      Training training = new Training(theta, OPTIONS);
      training.run(20, LOSS, NOBODY);
      double x = 2;
      double m = 0;
      double v = 0;
      double average = 2;
      for (int n = 1; n <= 20; n++) {
        double g = 2 * (x - (n - 1) % 3);
        g *= Math.abs(g) > 1 ? 1 / (Math.abs(g) + 1e-6) : 1;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double rate = 0.05 * Math.min(n / 3.0, 1);
        x -= rate * (m / (1 - Math.pow(0.9, n))) / (Math.sqrt(v / (1 - Math.pow(0.999, n))) + 1e-8);
        average = 0.9 * average + 0.1 * x;
      }
      assertEquals(x, Tensors.item(theta.get(0)), 1e-12);
      assertEquals(average, Tensors.item(training.average().get(0)), 1e-12);
    }
  }

  @Test
  void run_inTwoParts_isRunInOne() {
    try (Scope scope = Scope.open()) {
      NDList whole = new NDList(Tensors.of(2));
      new Training(whole, OPTIONS).run(12, LOSS, NOBODY);
      NDList parts = new NDList(Tensors.of(2));
      Training training = new Training(parts, OPTIONS);
      training.run(5, LOSS, NOBODY);
      training.run(12, LOSS, NOBODY);
      assertEquals(12, training.steps());
      assertEquals(Tensors.item(whole.get(0)), Tensors.item(parts.get(0)));
    }
  }

  @Test
  void run_onInterruptedThread_stopsBetweenSteps_andGoesOnLater() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(2));
      Training training = new Training(theta, OPTIONS);
      training.run(
          12,
          LOSS,
          (step, loss) -> {
            if (step == 4) {
              Thread.currentThread().interrupt();
            }
          });
      assertTrue(Thread.interrupted());
      assertEquals(4, training.steps());
      training.run(12, LOSS, NOBODY);
      NDList whole = new NDList(Tensors.of(2));
      new Training(whole, OPTIONS).run(12, LOSS, NOBODY);
      assertEquals(Tensors.item(whole.get(0)), Tensors.item(theta.get(0)));
    }
  }

  @Test
  void run_withLossThatTurnsNan_keepsTheLastGoodParameters() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(2));
      Training training = new Training(theta, OPTIONS);
      LongFunction<Function<NDList, NDArray>> breaks =
          n -> p -> n < 3 ? p.get(0).square().sum() : Scalars.scale(p.get(0), Double.NaN).sum();
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> training.run(9, breaks, NOBODY));
      assertTrue(error.getMessage().contains("At step 4"));
      assertEquals(3, training.steps());
      assertTrue(Double.isFinite(Tensors.item(theta.get(0))));
    }
  }

  @Test
  void run_overManySteps_leavesNoArray() {
    NDList theta = new NDList(Tensors.of(2));
    Training training = new Training(theta, OPTIONS);
    training.run(5, LOSS, NOBODY);
    int before = Devices.liveArrays();
    training.run(1000, LOSS, NOBODY);
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void clip_scalesAllGradientsByOneFactor() {
    try (Scope scope = Scope.open()) {
      NDList gradients = new NDList(Tensors.ofDoubles(3, 0), Tensors.ofDoubles(4));
      assertEquals(5, GradientNorm.clip(gradients, 1), 1e-12);
      assertEquals(1, GradientNorm.of(gradients), 1e-6);
      assertEquals(
          0.75, Tensors.toDoubles(gradients.get(0))[0] / Tensors.item(gradients.get(1)), 1e-12);
      assertEquals(GradientNorm.of(gradients), GradientNorm.clip(gradients, 2));
    }
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Training.Options(0, 0, 1, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new Training.Options(1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Adam(1, 0.9, 1e-8));
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.of(1));
      assertThrows(IllegalArgumentException.class, () -> new Adam().step(theta, new NDList(), 1));
      assertThrows(IllegalArgumentException.class, () -> new ExponentialMovingAverage(theta, 1));
    }
  }
}
