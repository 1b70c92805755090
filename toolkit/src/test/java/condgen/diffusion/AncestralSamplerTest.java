package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AncestralSamplerTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final Seeds SEEDS = Seeds.of(12);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  private static NDArray draw(int step, long... shape) {
    return SEEDS.normal(step, new Shape(shape), DataType.FLOAT64);
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.24", "2.4.26", "2.4.27", "2.4.28"})
  void step_overTheCleanSample_isTheStepInOneLine(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE, noise));
      NDArray x = draw(1, 3, 2);
      NDArray epsilon = draw(2, 3, 2);
      NDArray z = draw(3, 3, 2);
      for (int t = 10; t >= 1; t--) {
        double[] two = Tensors.toDoubles(sampler.step(x, t, epsilon, z));
        assertArrayEquals(two, Tensors.toDoubles(sampler.stepInOneLine(x, t, epsilon, z)), 1e-13);
      }
    }
  }

  @Test
  void stepAtFirstStep_addsNoNoise() {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE));
      NDArray x = draw(1, 3, 2);
      NDArray epsilon = draw(2, 3, 2);
      NDArray clean = sampler.process().denoisedEstimate(x, epsilon, 1);
      double[] found = Tensors.toDoubles(sampler.step(x, 1, epsilon, draw(3, 3, 2)));
      assertArrayEquals(Tensors.toDoubles(clean), found, 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.25", "2.4.26"})
  void sample_withTheExactNoiseOfOnePoint_endsAtThatPoint(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      NDArray point = Tensors.of(new float[] {0.7f, -0.2f}, new Shape(1, 2));
      NoisePredictor exact =
          (xt, t) ->
              process.noiseBetween(
                  Tensors.zeros(new Shape(5, 2)).add(point), xt, (int) Tensors.toDoubles(t)[0]);
      AncestralSampler sampler = new AncestralSampler(process);
      NDArray x = sampler.sample(exact, new Shape(2), 5, SEEDS, SamplerObserver.NONE);
      for (int i = 0; i < 5; i++) {
        assertEquals(0.7, Tensors.toDoubles(x)[2 * i], 2e-6);
        assertEquals(-0.2, Tensors.toDoubles(x)[2 * i + 1], 2e-6);
      }
    }
  }

  @Test
  @Equation({"2.4.29", "2.4.30"})
  void sample_ofUnitVarianceData_withBeta_keepsUnitVariance_andWithBetaOfTheStepBefore_doesNot() {
    double right = 1;
    double printed = 1;
    for (int t = 10; t >= 1; t--) {
      double beta = SCHEDULE.beta(t);
      right = (1 - beta) * right + beta;
      printed = (1 - beta) * printed + (t == 1 ? 0 : SCHEDULE.beta(t - 1));
    }
    assertEquals(1, right, 1e-12);
    assertEquals(0.8032, printed, 1e-4);
    try (Scope scope = Scope.open()) {
      int n = 20_000;
      AncestralSampler sampler =
          new AncestralSampler(new ForwardProcess(SCHEDULE), AncestralSampler.Variance.BETA, false);
      NDArray x = draw(1, n);
      for (int t = 10; t >= 2; t--) {
        double deviation = Math.sqrt(1 - SCHEDULE.alphaBar(t));
        x = sampler.step(x, t, Scalars.scale(x, deviation), draw(100 + t, n));
      }
      double variance = Tensors.item(x.square().mean());
      assertEquals(1, variance, 4 * Math.sqrt(2.0 / n));
    }
  }

  @Test
  void sample_doesNotDependOnTheBatch_andShowsEveryStep() {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE));
      NoisePredictor shrink = (xt, t) -> Scalars.scale(xt, 0.3);
      List<Integer> left = new ArrayList<>();
      NDArray two =
          sampler.sample(shrink, new Shape(3), 2, SEEDS, (step, t, x, clean) -> left.add((int) t));
      NDArray six = sampler.sample(shrink, new Shape(3), 6, SEEDS, SamplerObserver.NONE);
      assertArrayEquals(Tensors.toDoubles(two), Tensors.toDoubles(six.get("0:2")));
      assertEquals(List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), left);
    }
  }

  @Test
  void sample_leavesOnlyItsResult() {
    AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE));
    NoisePredictor shrink = (xt, t) -> Scalars.scale(xt, 0.3);
    Runnable once =
        () -> sampler.sample(shrink, new Shape(3), 2, SEEDS, SamplerObserver.NONE).close();
    once.run();
    int before = Devices.liveArrays();
    once.run();
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void sample_withClip_keepsTheCleanSampleInRange() {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler =
          new AncestralSampler(
              new ForwardProcess(SCHEDULE), AncestralSampler.Variance.BETA_TILDE, true);
      double[] most = {0};
      NDArray x =
          sampler.sample(
              (xt, t) -> Scalars.scale(xt, -3),
              new Shape(3),
              4,
              SEEDS,
              (step, t, now, clean) ->
                  most[0] = Math.max(most[0], Tensors.item(clean.abs().max())));
      assertEquals(1, most[0], 1e-6);
      assertTrue(Tensors.item(x.abs().max()) <= 1 + 1e-6);
      assertThrows(IllegalStateException.class, () -> sampler.stepInOneLine(x, 3, x, x));
    }
  }

  @Test
  void sample_ofNetworkThatReturnsNan_stopsAndNamesTheStep() {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE));
      NoisePredictor broken = (xt, t) -> Scalars.scale(xt, Double.NaN);
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () -> sampler.sample(broken, new Shape(2), 2, SEEDS, SamplerObserver.NONE));
      assertTrue(error.getMessage().contains("t = 10"));
    }
  }

  @Test
  void sample_ofNetworkThatReturnsInfinity_stopsAlsoWhenItClips() {
    try (Scope scope = Scope.open()) {
      AncestralSampler sampler =
          new AncestralSampler(
              new ForwardProcess(SCHEDULE), AncestralSampler.Variance.BETA_TILDE, true);
      NoisePredictor broken = (xt, t) -> Scalars.scale(xt, Double.POSITIVE_INFINITY);
      assertThrows(
          IllegalStateException.class,
          () -> sampler.sample(broken, new Shape(2), 2, SEEDS, SamplerObserver.NONE));
    }
  }

  @Test
  void sample_onInterruptedThread_returnsNothingHalfDone_andLeavesNothing() {
    AncestralSampler sampler = new AncestralSampler(new ForwardProcess(SCHEDULE));
    NoisePredictor shrink = (xt, t) -> Scalars.scale(xt, 0.3);
    sampler.sample(shrink, new Shape(2), 2, SEEDS, SamplerObserver.NONE).close();
    int before = Devices.liveArrays();
    CancellationException error =
        assertThrows(
            CancellationException.class,
            () ->
                sampler.sample(
                    shrink,
                    new Shape(2),
                    2,
                    SEEDS,
                    (step, t, x, clean) -> {
                      if (t == 6) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertTrue(Thread.interrupted());
    assertTrue(error.getMessage().contains("before step 6 of 10"));
    assertEquals(before, Devices.liveArrays());
  }
}
