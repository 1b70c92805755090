package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.DenseNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6.3.7: the drift as printed, α s, and as it has to be, α Σ s. */
class CorrelatedLangevinTest {

  private static final double[][] SIGMA = {
    {1, 0.5, 0.2, 0.1}, {0.5, 1, 0.4, 0.2}, {0.2, 0.4, 1, 0.3}, {0.1, 0.2, 0.3, 1}
  };

  private static double farthest(NDArray a, NDArray b) {
    return Tensors.item(a.sub(b).abs().max());
  }

  private static NDArray unit(int d) {
    return Tensors.eye(d).toType(DataType.FLOAT64, false);
  }

  /** C ← K C Kᵀ + N for ever, by doubling. */
  private static NDArray stationary(NDArray kept, NDArray added) {
    NDArray covariance = added.matMul(added.transpose());
    NDArray power = kept;
    for (int doubling = 0; doubling < 20; doubling++) {
      covariance = covariance.add(power.matMul(covariance).matMul(power.transpose()));
      power = power.matMul(power);
    }
    return covariance;
  }

  /** σ = 0.7, α = 1.5e-3, target σ² Σ: the exact covariances where 6,000 steps end. */
  @Test
  @Equation("6.3.13")
  void printedDrift_endsAtTheSquareOfSigma_thePreconditionedOneAtSigma() {
    try (Scope scope = Scope.open()) {
      DenseNoise noise = new DenseNoise(SIGMA);
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7), noise);
      LangevinSampler sampler = new LangevinSampler(process, 1, 1.5e-3);
      NDArray one = unit(4);
      NDArray zero = Tensors.zerosLike(one);
      NDArray added = sampler.step(zero, 1, zero, one);
      NDArray kept = sampler.step(one, 1, process.noiseBetween(zero, one, 1), zero);
      NDArray target = Scalars.scale(noise.covariance(one), 0.49);
      NDArray right = stationary(kept, added);
      double size = 0.49;
      assertTrue(farthest(right, target) < 0.011 * size, "1.1 %, the finite step");
      NDArray exact = Scalars.scale(target, 1 / (1 - 1.5e-3 / (2 * 0.49)));
      assertEquals(0, farthest(right, exact), 1e-10);
      NDArray keptAsPrinted = Scalars.axpy(1.5e-3, process.score(zero, one, 1), one);
      NDArray printed = stationary(keptAsPrinted, added);
      NDArray square = Scalars.scale(noise.covariance(noise.covariance(one)), 0.49);
      assertTrue(farthest(printed, square) < 0.007 * size, "0.7 % from σ² Σ²");
      assertTrue(farthest(printed, target) > 0.3 * size, "far off σ² Σ");
      NDArray withWhite = stationary(keptAsPrinted, Scalars.scale(one, Math.sqrt(3e-3)));
      assertTrue(farthest(withWhite, target) < 0.011 * size, "drift α s goes with white noise");
    }
  }

  /** The same on the eigenvalues: λ² / (1 − η/2λ) against λ / (1 − η/2). */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.6})
  @Equation("6.3.13")
  void eigenvalues_endWhereTheClosedFormsSay(double lambda) {
    double eta = 1e-3;
    double printed = lambda;
    double right = lambda;
    for (int t = 0; t < 100_000; t++) {
      printed = Math.pow(1 - eta / lambda, 2) * printed + 2 * eta * lambda;
      right = Math.pow(1 - eta, 2) * right + 2 * eta * lambda;
    }
    assertEquals(lambda * lambda / (1 - eta / (2 * lambda)), printed, 1e-10);
    assertEquals(lambda / (1 - eta / 2), right, 1e-10);
    LangevinVariance variance = new LangevinVariance(1, 100_000);
    assertEquals(printed, variance.printed(eta, lambda), 1e-10);
    assertEquals(right, lambda * variance.preconditioned(eta), 1e-10);
  }

  /** 20,000 chains of the sampler itself, for one point at 0, at one level. */
  @Test
  @Equation("6.3.13")
  void chains_keepTheCovariance() {
    try (Scope scope = Scope.open()) {
      int n = 8_000;
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7), new CorrelatedPair());
      NoisePredictor exact = (x, i) -> process.noiseBetween(Tensors.zerosLike(x), x, 1);
      LangevinSampler sampler = new LangevinSampler(process, 200, 0.01, false);
      NDArray x =
          sampler
              .sample(exact, new Shape(n, 2), 1, Seeds.of(3), SamplerObserver.NONE)
              .reshape(n, 2);
      NDArray found = Scalars.scale(x.transpose().matMul(x), 1.0 / n);
      double v = 0.49 / (1 - 0.01 / 0.98);
      double[] expected = {v, 0.6 * v, 0.6 * v, v};
      assertArrayEquals(expected, Tensors.toDoubles(found), 4 * v * Math.sqrt(2.0 / n));
    }
  }

  /** N(0, σ_max √Σ) would take a deviation for a covariance; M steps are counted from 0. */
  @Test
  @Equation("6.3.13")
  void sampler_startsWithSigmaMaxSquaredTimesSigma_andTakesMSteps() {
    try (Scope scope = Scope.open()) {
      int n = 50_000;
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.5, 20), new CorrelatedPair());
      double[][] first = new double[1][];
      int[] calls = new int[2];
      NoisePredictor network =
          (x, i) -> {
            if (first[0] == null) {
              NDArray rows = x.reshape(n, 2);
              NDArray c = Scalars.scale(rows.transpose().matMul(rows), 1.0 / n);
              first[0] = Tensors.toDoubles(c);
            }
            calls[Tensors.toDoubles(i)[0] > 1 ? 1 : 0]++;
            return process.noiseBetween(Tensors.zerosLike(x), x, (int) Tensors.toDoubles(i)[0]);
          };
      LangevinSampler sampler = new LangevinSampler(process, 3, 0.05, false);
      sampler.sample(network, new Shape(n, 2), 1, Seeds.of(4), SamplerObserver.NONE);
      double[] expected = {400, 240, 240, 400};
      assertArrayEquals(expected, first[0], 4 * 400 * Math.sqrt(2.0 / n));
      double printed = 20 * 3 / Math.sqrt(10);
      assertTrue(first[0][0] > 20 * printed, "the printed covariance has " + printed);
      assertArrayEquals(new int[] {3, 3}, calls);
      assertEquals(0.05 * 400 / 0.25, sampler.alpha(2), 1e-12, "σ_min² divides, not σ_L²");
      ScaledNoise thesis = new ScaledNoise(NoiseScales.geometric(207, 0.01, 20));
      LangevinSampler five = new LangevinSampler(thesis, 5, 3.1e-7);
      for (int i : new int[] {1, 100, 207}) {
        assertEquals(3.1e-3, five.alpha(i) / Math.pow(thesis.scales().sigma(i), 2), 1e-15);
      }
      assertEquals(7.75e-10, five.alpha(1) / Math.pow(thesis.scales().largest(), 2), 1e-20);
    }
  }

  /** γ = 1.0376, η = 0.1: the exact covariance of x_(i−1) if x_i has σ_i² Σ around x₀. */
  @Test
  @Equation("6.3.14")
  void consistentStep_keepsTheLevelsCovariance_withThePreconditionedDriftOnly() {
    try (Scope scope = Scope.open()) {
      double g = 1.0376;
      double eta = 0.1;
      DenseNoise noise = new DenseNoise(SIGMA);
      ScaledNoise process = new ScaledNoise(NoiseScales.of(1, g), noise);
      ConsistentSampler sampler = new ConsistentSampler(process, eta);
      NDArray one = unit(4);
      NDArray zero = Tensors.zerosLike(one);
      NDArray xi = process.diffuse(zero, 2, one);
      NDArray added = sampler.step(zero, 2, zero, one);
      NDArray fresh = added.matMul(added.transpose());
      NDArray kept = sampler.step(xi, 2, process.noiseBetween(zero, xi, 2), zero);
      NDArray target = noise.covariance(one);
      assertEquals(0, farthest(kept.transpose().matMul(kept).add(fresh), target), 1e-12);
      NDArray drift = Scalars.axpy(sampler.alpha(2), process.score(zero, xi, 2), xi);
      NDArray printed = drift.transpose().matMul(drift).add(fresh);
      assertTrue(farthest(printed, target) > 0.08, "the printed drift");
      double[] lambda = noise.eigenvalues();
      double defects = 0;
      for (double l : lambda) {
        double defect = -eta * g * g * (l - 1) * (eta * l + eta - 2 * l) / l;
        double found =
            Math.pow(1 - eta / l, 2) * g * g * l + (1 - g * g * Math.pow(1 - eta, 2)) * l;
        assertEquals(l + defect, found, 1e-12);
        defects += defect;
      }
      double trace = 0;
      for (int k = 0; k < 4; k++) {
        trace += Tensors.item(printed.get(k, k)) - 1;
      }
      assertEquals(defects, trace, 1e-12);
    }
  }

  /** β is real from ε = 3.62e-6 on; the step sizes of 6.3.12 are for another sampler. */
  @Test
  @Equation("6.3.14")
  void beta_isNotReal_forTheStepSizesGivenForLangevinSampling() {
    ScaledNoise process = new ScaledNoise(NoiseScales.geometric(3, 0.01, 0.01 * 1.0376 * 1.0376));
    double[] epsilons = {3.1e-7, 2e-6, 6.2e-6};
    double[] expected = {-0.0699, -0.0340, 0.0527};
    for (int k = 0; k < 3; k++) {
      double eta = epsilons[k] / 1e-4;
      double squared = 1 - Math.pow(process.scales().growth(2) * (1 - eta), 2);
      assertEquals(expected[k], squared, 5e-5);
      if (expected[k] < 0) {
        assertThrows(IllegalArgumentException.class, () -> new ConsistentSampler(process, eta));
      } else {
        assertEquals(Math.sqrt(expected[k]), new ConsistentSampler(process, eta).beta(2), 2e-4);
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> new ConsistentSampler(process, 3.62e-6 / 1e-4));
    assertTrue(new ConsistentSampler(process, 3.624e-6 / 1e-4).beta(2) < 5e-3);
  }
}
