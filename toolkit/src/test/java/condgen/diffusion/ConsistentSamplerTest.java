package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of consistent sampling, and what both samplers of this section promise. */
class ConsistentSamplerTest {

  private static final Seeds SEEDS = Seeds.of(22);
  private static final NoiseScales SCALES = NoiseScales.geometric(10, 0.1, 10);
  private static final ScaledNoise PROCESS = new ScaledNoise(SCALES);
  private static final NoisePredictor SHRINK = (x, i) -> Scalars.scale(x, 0.1);

  @FunctionalInterface
  private interface Sampling {
    NDArray run(NoisePredictor network, int count, SamplerObserver observer);
  }

  static Stream<Sampling> samplers() {
    return Stream.of(
        (network, count, observer) ->
            new ConsistentSampler(PROCESS, 0.8)
                .sample(network, new Shape(3), count, SEEDS, observer),
        (network, count, observer) ->
            new LangevinSampler(PROCESS, 2, 0.002)
                .sample(network, new Shape(3), count, SEEDS, observer));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 1})
  @Equation({"2.5.11", "2.5.7-text"})
  void stepsFromOnePoint_haveTheVarianceOfEachLevel(double eta) {
    try (Scope scope = Scope.open()) {
      ConsistentSampler sampler = new ConsistentSampler(PROCESS, eta, false);
      NDArray one = Tensors.ofDoubles(1);
      NDArray zero = Tensors.ofDoubles(0);
      for (int i = 10; i >= 2; i--) {
        double sigma = SCALES.sigma(i);
        NDArray noise = PROCESS.noiseBetween(zero, one, i);
        double kept = sigma * Tensors.item(sampler.step(one, i, noise, zero));
        double added = Tensors.item(sampler.step(zero, i, zero, one));
        double target = Math.pow(SCALES.sigma(i - 1), 2);
        assertEquals(1, (kept * kept + added * added) / target, 1e-12);
        assertEquals(sampler.beta(i) * SCALES.sigma(i - 1), added, 1e-12);
        double texts = 1 - Math.pow((1 - eta) / SCALES.growth(i), 2);
        if (eta < 1) {
          assertTrue(kept * kept / target + texts > 1.05, "with the text's gamma, too much noise");
        }
      }
      NDArray noise = PROCESS.noiseBetween(zero, one, 1);
      assertEquals(1 - eta, Tensors.item(sampler.step(one, 1, noise, one)), 1e-12);
      NDArray clean = new ConsistentSampler(PROCESS, eta).step(one, 1, noise, one);
      assertEquals(0, Tensors.item(clean), 1e-12);
    }
  }

  @Test
  @Equation("2.5.11")
  void correlatedNoise_keepsItsCovariance() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(SCALES, new CorrelatedPair());
      ConsistentSampler sampler = new ConsistentSampler(process, 0.6);
      NDArray unit = Tensors.eye(2).toType(DataType.FLOAT64, false);
      NDArray zero = Tensors.zerosLike(unit);
      NDArray x = process.diffuse(zero, 5, unit);
      NDArray kept = sampler.step(x, 5, process.noiseBetween(zero, x, 5), zero);
      NDArray added = sampler.step(zero, 5, zero, unit);
      NDArray found = kept.matMul(kept.transpose()).add(added.matMul(added.transpose()));
      double v = Math.pow(SCALES.sigma(4), 2);
      double[] target = {v, 0.6 * v, 0.6 * v, v};
      assertArrayEquals(target, Tensors.toDoubles(found), 1e-12);
    }
  }

  @Test
  @Equation({"2.5.11", "2.5.12"})
  void sample_withTheExactNoiseOfOnePoint_hasTheNoiseOfEachLevel_andEndsAtThePoint() {
    try (Scope scope = Scope.open()) {
      NoisePredictor exact =
          (x, i) ->
              PROCESS.noiseBetween(
                  Scalars.add(Tensors.zerosLike(x), 0.7), x, (int) Tensors.toDoubles(i)[0]);
      int n = 20_000;
      NDArray x =
          new ConsistentSampler(PROCESS, 0.7)
              .sample(
                  exact,
                  new Shape(n),
                  1,
                  SEEDS,
                  (step, sigma, now, clean) -> {
                    assertEquals(SCALES.sigma(11 - step), sigma);
                    double target = Math.pow(SCALES.sigma(10 - step), 2);
                    double found = Tensors.item(Scalars.add(now, -0.7).square().mean());
                    assertEquals(target, found, 4 * target * Math.sqrt(2.0 / n) + 1e-10);
                  });
      assertEquals(0.7, Tensors.item(x.min()), 1e-5);
      assertEquals(0.7, Tensors.item(x.max()), 1e-5);
    }
  }

  @Test
  void gaussianData_comeBackWithTheirVariance_onlyIfEtaIsSmall() {
    NoiseScales scales = NoiseScales.geometric(300, 0.01, 20);
    double gamma = scales.growth(2);
    assertEquals(0.09, varianceOfSamples(scales, 1 - 1 / (gamma * gamma)), 0.003);
    assertEquals(0.09, varianceOfSamples(scales, 1 - 1 / gamma), 0.003);
    assertTrue(varianceOfSamples(scales, 1) < 0.06);
  }

  /** Of data N(0, 0.09) on a line with the exact score, from the coefficients of each step. */
  private static double varianceOfSamples(NoiseScales scales, double eta) {
    ConsistentSampler sampler = new ConsistentSampler(new ScaledNoise(scales), eta);
    double variance = Math.pow(scales.largest(), 2);
    for (int i = scales.levels(); i >= 1; i--) {
      int level = i;
      double sigma = scales.sigma(i);
      double[] step =
          Scope.call(
              () -> {
                NDArray basis = Tensors.ofDoubles(1, 0);
                NDArray noise = Scalars.scale(basis, sigma / (0.09 + sigma * sigma));
                NDArray z = Tensors.ofDoubles(0, 1);
                return Tensors.toDoubles(sampler.step(basis, level, noise, z));
              });
      variance = step[0] * step[0] * variance + step[1] * step[1];
    }
    return variance;
  }

  @Test
  void eta_outsideTheRangeWhereBetaIsReal_isRefused() {
    double least = 1 - 1 / SCALES.growth(2);
    assertEquals(0, new ConsistentSampler(PROCESS, least).beta(4), 1e-6);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new ConsistentSampler(PROCESS, least - 1e-3));
    assertTrue(error.getMessage().contains("1 - 1/gamma"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ConsistentSampler(PROCESS, 1.7));
    assertThrows(IllegalArgumentException.class, () -> new ConsistentSampler(PROCESS, Double.NaN));
    ScaledNoise one = new ScaledNoise(NoiseScales.of(0.7));
    assertEquals(0.49, new ConsistentSampler(one, 1).alpha(1), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> new ConsistentSampler(one, -1.5));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void sample_doesNotDependOnTheBatch_andRepeats(Sampling sampling) {
    try (Scope scope = Scope.open()) {
      List<Double> levels = new ArrayList<>();
      NDArray two = sampling.run(SHRINK, 2, (step, level, x, clean) -> levels.add(level));
      NDArray six = sampling.run(SHRINK, 6, SamplerObserver.NONE);
      assertArrayEquals(Tensors.toDoubles(two), Tensors.toDoubles(six.get("0:2")));
      assertEquals(10, levels.get(0));
      assertEquals(0.1, levels.get(levels.size() - 1));
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void sample_leavesOnlyItsResult(Sampling sampling) {
    sampling.run(SHRINK, 2, SamplerObserver.NONE).close();
    int before = Devices.liveArrays();
    sampling.run(SHRINK, 2, SamplerObserver.NONE).close();
    assertEquals(before, Devices.liveArrays());
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void sample_ofNetworkThatReturnsInfinity_stopsAndNamesTheLevel(Sampling sampling) {
    try (Scope scope = Scope.open()) {
      NoisePredictor broken =
          (x, i) -> Scalars.scale(x, Tensors.toDoubles(i)[0] == 9 ? Double.POSITIVE_INFINITY : 0);
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class, () -> sampling.run(broken, 2, SamplerObserver.NONE));
      assertTrue(error.getMessage().contains("t = 9"), error.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void sample_onInterruptedThread_stops_andLeavesNothing(Sampling sampling) {
    sampling.run(SHRINK, 2, SamplerObserver.NONE).close();
    int before = Devices.liveArrays();
    SamplerObserver interrupt =
        (step, level, x, clean) -> {
          if (step == 4) {
            Thread.currentThread().interrupt();
          }
        };
    CancellationException error =
        assertThrows(CancellationException.class, () -> sampling.run(SHRINK, 2, interrupt));
    assertTrue(Thread.interrupted());
    assertTrue(error.getMessage().contains("before step 5"), error.getMessage());
    assertEquals(before, Devices.liveArrays());
  }
}
