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
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Section 6.3.13: what a network that is not told the level learns of one data point. */
class HarmonicCorrectionTest {

  /** Σ_k w_k / σ_k with w_k ∝ σ_k^(−D) exp(−r² / (2 σ_k²)), the posterior of the level. */
  private static double inverseScale(NoiseScales scales, int dimension, double r2) {
    int levels = scales.levels();
    double[] log = new double[levels + 1];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 1; k <= levels; k++) {
      double sigma = scales.sigma(k);
      log[k] = -dimension * Math.log(sigma) - r2 / (2 * sigma * sigma);
      most = Math.max(most, log[k]);
    }
    double weights = 0;
    double sum = 0;
    for (int k = 1; k <= levels; k++) {
      double w = Math.exp(log[k] - most);
      weights += w;
      sum += w / scales.sigma(k);
    }
    return sum / weights;
  }

  /** One point at 0, scales ½ and 2: the mean of −ε near x, the closed form, the printed form. */
  @Test
  @Equation({"6.3.26", "6.3.27", "6.3.13-sec-deriv"})
  void minimiser_weighsLevelsByThePosterior_notByTheirShareInTraining() {
    NoiseScales scales = NoiseScales.of(0.5, 2);
    double[] at = {0.3, 1, 3};
    double[] sum = new double[3];
    double[] count = new double[3];
    SplittableRandom random = new SplittableRandom(7);
    for (int n = 0; n < 4_000_000; n++) {
      double sigma = random.nextBoolean() ? 0.5 : 2;
      double epsilon = random.nextGaussian();
      for (int k = 0; k < 3; k++) {
        if (Math.abs(sigma * epsilon - at[k]) < 0.02) {
          sum[k] -= epsilon;
          count[k]++;
        }
      }
    }
    double[] exact = new double[3];
    double[] sampled = new double[3];
    double[] printed = new double[3];
    double harmonic = new HarmonicCorrection(scales).mean();
    assertEquals(0.8, harmonic, 1e-15);
    for (int k = 0; k < 3; k++) {
      exact[k] = -at[k] * inverseScale(scales, 1, at[k] * at[k]);
      sampled[k] = sum[k] / count[k];
      printed[k] = -at[k] / harmonic;
    }
    assertArrayEquals(new double[] {-0.49723, -1.07030, -1.5}, exact, 1e-5);
    assertArrayEquals(exact, sampled, 0.02, "four deviations at the most");
    assertArrayEquals(new double[] {-0.375, -1.25, -3.75}, printed, 1e-12);
    for (int k = 0; k < 3; k++) {
      assertTrue(Math.abs(printed[k] - sampled[k]) > 0.1, "6.3.26 as printed misses");
    }
    assertTrue(
        sampled[1] < -1 && -exact[1] > 1, "lines 2 to 4 of the derivation have lost the sign");
  }

  /** In 3072 dimensions the posterior is a spike: hardly anything is left to correct. */
  @Test
  @Equation({"6.3.26", "6.3.27", "6.3.29"})
  void minimiser_inManyDimensions_knowsTheLevel_soThatTheCorrectionHarms() {
    NoiseScales scales = NoiseScales.geometric(207, 0.01, 20);
    HarmonicCorrection correction = new HarmonicCorrection(scales);
    assertEquals(0.0750, correction.mean(), 5e-5);
    assertEquals(0.0038, correction.factor(207), 5e-5);
    assertEquals(7.5, correction.factor(1), 5e-3);
    SplittableRandom random = new SplittableRandom(8);
    int draws = 1000;
    for (int i : new int[] {30, 110, 190}) {
      double sigma = scales.sigma(i);
      double[] ratio = new double[draws];
      for (int n = 0; n < draws; n++) {
        double r2 = 0;
        for (int d = 0; d < 3072; d++) {
          double z = random.nextGaussian();
          r2 += z * z;
        }
        ratio[n] = sigma * inverseScale(scales, 3072, sigma * sigma * r2);
      }
      double mean = DoubleStream.of(ratio).average().orElseThrow();
      double spread =
          Math.sqrt(
              DoubleStream.of(ratio).map(r -> (r - mean) * (r - mean)).average().orElseThrow());
      assertEquals(1, mean, 0.003);
      assertEquals(0.012, spread, 0.002);
      double printed = sigma / correction.mean();
      assertTrue(printed > 3 || printed < 0.4, "6.3.27 as printed: " + printed);
    }
  }

  /** If the network answered as 6.3.28 says, 6.3.29 would give the score. */
  @Test
  @Equation({"6.3.28", "6.3.29"})
  void correction_ofThePrintedMinimiser_isTheScore_andWithoutItSigmaHStays() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.3, 0.7, 2), new CorrelatedPair());
      HarmonicCorrection correction = new HarmonicCorrection(process.scales());
      double harmonic = 3 / (1 / 0.3 + 1 / 0.7 + 1 / 2.0);
      NDArray x0 = Seeds.of(1).normal(0, new Shape(3, 2), DataType.FLOAT64);
      NDArray x = Seeds.of(1).normal(1, new Shape(3, 2), DataType.FLOAT64);
      NoisePredictor printed =
          (y, i) -> Scalars.scale(process.noise().inverseSqrt(y.sub(x0)), 1 / harmonic);
      NDArray levels = NoiseMatching.steps(1, 2, 3);
      NDArray corrected = correction.applyTo(printed).predict(x, levels);
      for (int i = 1; i <= 3; i++) {
        String row = (i - 1) + ":" + i;
        double[] score = Tensors.toDoubles(process.score(x0.get(row), x.get(row), i));
        double[] found = Tensors.toDoubles(process.scoreOfNoise(corrected.get(row), i));
        assertArrayEquals(score, found, 1e-12);
        NDArray plain = printed.predict(x, levels).get(row);
        double[] uncorrected = Tensors.toDoubles(process.scoreOfNoise(plain, i));
        double sigma = process.scales().sigma(i);
        assertEquals(score[0] * sigma / harmonic, uncorrected[0], 1e-12, "6.3.28");
      }
      assertThrows(IllegalArgumentException.class, () -> correction.factor(0));
    }
  }
}
