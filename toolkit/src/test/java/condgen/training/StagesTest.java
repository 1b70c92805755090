package condgen.training;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {

  private static final Training.Options OPTIONS = new Training.Options(0.1, 4, 1, 0.5);
  private static final Training.Observer NOBODY = (step, loss) -> {};

  @Test
  void warmUp_inBothConventions() {
    double[] zero = {0, 0.25, 0.5, 0.75, 1, 1};
    double[] one = {0.25, 0.5, 0.75, 1, 1, 1};
    for (int n = 0; n < zero.length; n++) {
      assertEquals(zero[n], WarmUp.FROM_ZERO.factor(n, 4));
      assertEquals(one[n], WarmUp.FROM_ONE.factor(n, 4));
      assertEquals(1, WarmUp.FROM_ZERO.factor(n, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> WarmUp.FROM_ONE.factor(-1, 4));
  }

  @Test
  void fall_endsAtZero() {
    double[] expected = {0.1, 0.1, 0.1, 0.075, 0.05, 0.025, 0};
    Stage fall = Stages.fall(Stages.warmUp(0.1, 0, WarmUp.FROM_ONE), 2, 6);
    for (int n = 0; n < expected.length; n++) {
      TrainingStep step = new TrainingStep(n, new NDList(), null);
      fall.apply(step);
      assertEquals(expected[n], step.learningRate(), 1e-15);
    }
    assertThrows(IllegalArgumentException.class, () -> Stages.fall(fall, 6, 6));
  }

  /** Plain gradient descent in Adam's place: (1 − 2r)ⁿ on θ². */
  @Test
  void optimiser_canBeReplaced() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.ofDoubles(1));
      List<Double> rates = new ArrayList<>();
      Training training =
          new Training(theta, OPTIONS)
              .replace("clip", step -> {})
              .replace(
                  "optimiser",
                  step -> {
                    rates.add(step.learningRate());
                    step.theta()
                        .get(0)
                        .subi(
                            Scalars.fresh(step.learningRate(), step.theta().get(0))
                                .mul(step.gradients().get(0)));
                  });
      training.run(3, n -> p -> p.get(0).square().sum(), NOBODY);
      assertEquals(0.95 * 0.9 * 0.85, Tensors.item(theta.get(0)), 1e-12);
      assertEquals(
          List.of("gradient", "clip", "schedule", "optimiser", "average"), training.stages());
      assertEquals(3, rates.size());
      assertThrows(IllegalArgumentException.class, () -> training.replace("optimizer", step -> {}));
    }
  }

  @Test
  void infiniteClip_onlyMeasures() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(Tensors.ofDoubles(3));
      double[] norm = new double[1];
      Training training =
          new Training(theta, new Training.Options(0.1, 0, Double.POSITIVE_INFINITY, 0.5))
              .replace(
                  "schedule",
                  step -> {
                    norm[0] = step.norm();
                    step.learningRate(0);
                  });
      training.run(1, n -> p -> p.get(0).square().sum(), NOBODY);
      assertEquals(6, norm[0], 1e-12);
      assertEquals(3, Tensors.item(theta.get(0)));
    }
  }

  @Test
  void curve_staysSmall_andKeepsMeans() {
    LearningCurve curve = new LearningCurve();
    int steps = 10_000;
    for (int n = 1; n <= steps; n++) {
      curve.add(n);
    }
    double[] at = curve.steps();
    double[] losses = curve.losses();
    assertTrue(at.length >= 1024 && at.length < 2048, at.length + " points");
    double stretch = at[0];
    assertEquals(steps, at[at.length - 1], stretch);
    for (int i = 0; i < at.length; i++) {
      assertEquals(at[i] - (stretch - 1) / 2, losses[i], 1e-9);
    }
  }

  @Test
  void curve_restored_goesOnWithinAStretch() {
    LearningCurve whole = new LearningCurve();
    LearningCurve first = new LearningCurve();
    for (int n = 0; n < 5_001; n++) {
      whole.add(n % 7);
      first.add(n % 7);
    }
    Checkpoint checkpoint = new Checkpoint();
    first.save(checkpoint);
    LearningCurve second = LearningCurve.of(checkpoint);
    for (int n = 0; n < 3_000; n++) {
      whole.add(n % 5);
      second.add(n % 5);
    }
    assertArrayEquals(whole.losses(), second.losses());
    assertArrayEquals(whole.steps(), second.steps());
  }

  @Test
  void observers_canBeJoined() {
    List<String> seen = new ArrayList<>();
    Training.Observer first = (step, loss) -> seen.add("a" + step);
    first.and((step, loss) -> seen.add("b" + step)).step(2, 0.5);
    assertEquals(List.of("a2", "b2"), seen);
  }
}
