package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangevinSamplerTest {

  private static final Seeds SEEDS = Seeds.of(21);

  private static NDArray draw(int step, long... shape) {
    return Seeds.of(10).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  /** ε of data N(mean, variance) on a line. */
  private static NoisePredictor exact(ScaledNoise process, double mean, double variance) {
    return (x, i) -> {
      int level = (int) Tensors.toDoubles(i)[0];
      double sigma = process.scales().sigma(level);
      NDArray score = Scalars.scale(Scalars.add(x, -mean), -1 / (variance + sigma * sigma));
      return process.noiseOfScore(score, level);
    };
  }

  private static double[] moments(NDArray x) {
    double mean = Tensors.item(x.mean());
    return new double[] {mean, Tensors.item(x.square().mean()) - mean * mean};
  }

  @Test
  @Equation("2.5.10")
  void sample_ofGaussianData_followsTheExactMomentsToThoseOfTheData() {
    NoiseScales scales = NoiseScales.geometric(10, 0.05, 5);
    LangevinSampler sampler = new LangevinSampler(new ScaledNoise(scales), 300, 0.0025, false);
    double mean = 0;
    double variance = 25;
    for (int i = 10; i >= 1; i--) {
      double marginal = 0.36 + scales.sigma(i) * scales.sigma(i);
      double alpha = 0.0025 * Math.pow(scales.sigma(i) / 0.05, 2);
      for (int m = 0; m < 300; m++) {
        mean += -alpha / marginal * (mean - 0.5);
        variance = Math.pow(1 - alpha / marginal, 2) * variance + 2 * alpha;
      }
    }
    assertEquals(0.5, mean, 0.02);
    assertEquals(0.36, variance, 0.02);
    try (Scope scope = Scope.open()) {
      int n = 10_000;
      NoisePredictor network = exact(sampler.process(), 0.5, 0.36);
      NDArray x = sampler.sample(network, new Shape(n), 1, SEEDS, SamplerObserver.NONE);
      double[] found = moments(x);
      assertEquals(mean, found[0], 4 * Math.sqrt(variance / n));
      assertEquals(variance, found[1], 4 * variance * Math.sqrt(2.0 / n));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.2, 0.6})
  @Equation("2.5.10")
  void stepsAtOneLevel_endAtAVarianceThatGrowsWithTheStep(double epsilon) {
    try (Scope scope = Scope.open()) {
      double v = 0.3 + 0.49;
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7));
      LangevinSampler sampler = new LangevinSampler(process, 400, epsilon, false);
      assertEquals(epsilon, sampler.alpha(1), 1e-15);
      double expected = v / (1 - epsilon / (2 * v));
      double variance = 0.49;
      NDArray one = Tensors.ofDoubles(1);
      NDArray zero = Tensors.ofDoubles(0);
      NoisePredictor network = exact(process, 0, 0.3);
      NDArray predicted = network.predict(one, one);
      double kept = Tensors.item(sampler.step(one, 1, predicted, zero));
      double added = Tensors.item(sampler.step(zero, 1, zero, one));
      for (int m = 0; m < 2_000; m++) {
        variance = kept * kept * variance + added * added;
      }
      assertEquals(expected, variance, 1e-12);
      int n = 20_000;
      NDArray x = sampler.sample(network, new Shape(n), 1, SEEDS, SamplerObserver.NONE);
      assertEquals(expected, moments(x)[1], 4 * expected * Math.sqrt(2.0 / n));
    }
  }

  /** The covariance of one point's noise after many steps, by the recursion C ← A C Aᵀ + B Bᵀ. */
  @Test
  @Equation("2.5.10")
  void correlatedNoise_keepsItsCovariance_becauseTheDriftCarriesItToo() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7), new CorrelatedPair());
      LangevinSampler sampler = new LangevinSampler(process, 1, 1.5e-3, false);
      NDArray unit = Tensors.eye(2).toType(DataType.FLOAT64, false);
      NDArray zero = Tensors.zerosLike(unit);
      NDArray kept = sampler.step(unit, 1, process.noiseBetween(zero, unit, 1), zero);
      NDArray unconditioned = Scalars.axpy(sampler.alpha(1), process.score(zero, unit, 1), unit);
      NDArray added = sampler.step(zero, 1, zero, unit);
      double share = 0.49 / (1 - 1.5e-3 / (2 * 0.49));
      double[] target = {share, 0.6 * share, 0.6 * share, share};
      assertArrayEquals(target, Tensors.toDoubles(stationary(kept, added)), 1e-9);
      double[] squared = {1.36, 1.2, 1.2, 1.36};
      double[] printed = Tensors.toDoubles(stationary(unconditioned, added));
      for (int k = 0; k < 4; k++) {
        assertEquals(0.49 * squared[k], printed[k], 0.01, "the covariance has Σ² without Σ");
      }
    }
  }

  private static NDArray stationary(NDArray kept, NDArray added) {
    NDArray noise = added.matMul(added.transpose());
    NDArray covariance = noise;
    NDArray power = kept;
    for (int doubling = 0; doubling < 20; doubling++) {
      covariance = covariance.add(power.matMul(covariance).matMul(power.transpose()));
      power = power.matMul(power);
    }
    return covariance;
  }

  @Test
  @Equation({"2.5.10", "2.5.12"})
  void sample_startsAtTheLargestScale_takesMStepsPerLevel_andDenoisesOnce() {
    try (Scope scope = Scope.open()) {
      NoiseScales scales = NoiseScales.of(0.5, 5, 50);
      ScaledNoise process = new ScaledNoise(scales);
      double[] start = new double[1];
      StringBuilder levels = new StringBuilder();
      NoisePredictor network =
          (x, i) -> {
            if (start[0] == 0) {
              start[0] = Math.sqrt(moments(x)[1]);
            }
            return process.noiseBetween(
                Scalars.add(Tensors.zerosLike(x), 0.7), x, (int) Tensors.toDoubles(i)[0]);
          };
      NDArray x =
          new LangevinSampler(process, 2, 0.1)
              .sample(
                  network,
                  new Shape(20_000),
                  1,
                  SEEDS,
                  (step, sigma, now, clean) -> {
                    levels.append(step).append(": ").append(sigma).append("; ");
                    assertEquals(0.7, Tensors.item(clean.mean()), 1e-3);
                  });
      assertEquals(50, start[0], 1);
      assertTrue(
          Math.abs(start[0] - Math.sqrt(50)) > 40, "the printed covariance is not the start");
      assertEquals("1: 50.0; 2: 50.0; 3: 5.0; 4: 5.0; 5: 0.5; 6: 0.5; 7: 0.5; ", levels + "");
      assertEquals(0.7, Tensors.item(x.min()), 1e-5);
      assertEquals(0.7, Tensors.item(x.max()), 1e-5);
    }
  }

  @Test
  void badNumbers_areRefused() {
    ScaledNoise process = new ScaledNoise(NoiseScales.of(0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LangevinSampler(process, 0, 0.01));
    assertThrows(IllegalArgumentException.class, () -> new LangevinSampler(process, 1, 0));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new LangevinSampler(process, 1, 0.021));
    assertTrue(error.getMessage().contains("epsilon must be positive and below"));
  }

  @Test
  void exactMoments_ofTheStep_areThoseOfTheFormula() {
    try (Scope scope = Scope.open()) {
      LangevinSampler sampler =
          new LangevinSampler(new ScaledNoise(NoiseScales.of(0.1, 0.4)), 1, 0.004);
      NDArray x = draw(1, 3, 2);
      NDArray epsilon = draw(2, 3, 2);
      NDArray z = draw(3, 3, 2);
      double alpha = 0.004 * 16;
      assertEquals(alpha, sampler.alpha(2), 1e-15);
      NDArray expected = x.sub(epsilon.mul(alpha / 0.4)).add(z.mul(Math.sqrt(2 * alpha)));
      double[] found = Tensors.toDoubles(sampler.step(x, 2, epsilon, z));
      assertArrayEquals(Tensors.toDoubles(expected), found, 1e-14);
    }
  }
}
