package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaledNoiseTest {

  private static final NoiseScales SCALES = NoiseScales.geometric(8, 0.05, 2);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  private static NDArray draw(int step, long... shape) {
    return Seeds.of(12).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  private static double variance(NDArray x) {
    double mean = Tensors.item(x.mean());
    return Tensors.item(x.square().mean()) - mean * mean;
  }

  @ParameterizedTest
  @CsvSource({"0.9, true", "50, false"})
  @Equation("2.5-text-sigma")
  void noisiestLevel_isPureNoiseOnlyIfSigmaIsLargeAgainstTheData(double sigma, boolean apart) {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.01, sigma));
      double width = 0.01;
      int n = 60_001;
      double[] grid = IntStream.range(0, n).mapToDouble(k -> (k - n / 2) * width).toArray();
      NDArray x = Tensors.of(grid, new Shape(n, 1));
      NDArray left = process.logDensity(Scalars.add(Tensors.zerosLike(x), -3), x, 2).exp();
      NDArray right = process.logDensity(Scalars.add(Tensors.zerosLike(x), 3), x, 2).exp();
      NDArray noise = process.logDensity(Tensors.zerosLike(x), x, 2).exp();
      NDArray difference = Scalars.scale(left.add(right), 0.5).sub(noise);
      double total = 0.5 * width * Tensors.item(difference.abs().sum());
      assertEquals(apart ? 0.8668 : 0.0009, total, 1e-4);
      assertTrue(apart ? total > 0.8 : total < 0.01);
    }
  }

  @Test
  @Equation({"2.5.1", "2.5.2"})
  void transitions_oneAfterAnother_haveTheVarianceOfTheJump_aroundCleanData() {
    try (Scope scope = Scope.open()) {
      int n = 300_000;
      ScaledNoise process = new ScaledNoise(NoiseScales.geometric(8, 0.05, 1));
      NDArray start = Tensors.full(new Shape(n), 0.7, DataType.FLOAT64);
      NDArray chained = start;
      NDArray fullNoiseEachTime = start;
      for (int i = 1; i <= 8; i++) {
        chained = process.transition(chained, i, draw(i, n));
        fullNoiseEachTime = process.diffuse(fullNoiseEachTime, i, draw(i, n));
      }
      assertEquals(0.7, Tensors.item(chained.mean()), 4 / Math.sqrt(n));
      assertEquals(1, variance(chained), 0.01);
      double sum =
          IntStream.rangeClosed(1, 8).mapToDouble(process.scales()::sigma).map(s -> s * s).sum();
      assertEquals(sum, variance(fullNoiseEachTime), 0.02, "2.5.1 around an x that is not clean");
      assertTrue(sum > 1.5);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.5.1", "2.5.12"})
  void noiseBetween_andDenoisedEstimate_undoDiffuse(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(SCALES, noise);
      NDArray x0 = draw(1, 4, 2);
      NDArray epsilon = draw(2, 4, 2);
      NDArray xi = process.diffuse(x0, 6, epsilon);
      double[] expected = Tensors.toDoubles(epsilon);
      assertArrayEquals(expected, Tensors.toDoubles(process.noiseBetween(x0, xi, 6)), 1e-13);
      NDArray back = process.denoisedEstimate(xi, epsilon, 6);
      assertArrayEquals(Tensors.toDoubles(x0), Tensors.toDoubles(back), 1e-13);
    }
  }

  @Test
  void diffuse_withALevelPerSample_isDiffuseOfEachSample() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(SCALES);
      NDArray x0 = draw(1, 3, 1, 2, 2);
      NDArray epsilon = draw(2, 3, 1, 2, 2);
      int[] i = {1, 8, 4};
      NDArray batch = process.diffuse(x0, i, epsilon);
      for (int k = 0; k < 3; k++) {
        String sample = k + ":" + (k + 1);
        NDArray one = process.diffuse(x0.get(sample), i[k], epsilon.get(sample));
        assertArrayEquals(Tensors.toDoubles(one), Tensors.toDoubles(batch.get(sample)), 1e-13);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation("2.5.4")
  void score_isTheSlopeOfTheLogDensity_andThatOfTheNoise(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(SCALES, noise);
      NDArray x0 = draw(1, 1, 2);
      NDArray epsilon = draw(2, 1, 2);
      NDArray xi = process.diffuse(x0, 5, epsilon);
      NDArray score = process.score(x0, xi, 5);
      double h = 1e-5;
      for (int k = 0; k < 2; k++) {
        double[] unit = new double[2];
        unit[k] = h;
        NDArray d = Tensors.of(unit, new Shape(1, 2));
        double up = Tensors.item(process.logDensity(x0, xi.add(d), 5));
        double down = Tensors.item(process.logDensity(x0, xi.sub(d), 5));
        assertEquals((up - down) / (2 * h), Tensors.toDoubles(score)[k], 1e-8);
      }
      NDArray ofNoise = process.scoreOfNoise(epsilon, 5);
      assertArrayEquals(Tensors.toDoubles(score), Tensors.toDoubles(ofNoise), 1e-12);
      NDArray back = process.noiseOfScore(score, 5);
      assertArrayEquals(Tensors.toDoubles(epsilon), Tensors.toDoubles(back), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation("2.5.3")
  void logDensity_integratesToOne(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(1), noise);
      int n = 161;
      double width = 0.1;
      double[] grid = new double[2 * n * n];
      for (int k = 0; k < n * n; k++) {
        grid[2 * k] = (k / n - n / 2) * width;
        grid[2 * k + 1] = (k % n - n / 2) * width;
      }
      NDArray xi = Tensors.of(grid, new Shape((long) n * n, 2));
      NDArray density = process.logDensity(Scalars.add(Tensors.zerosLike(xi), 0.3), xi, 1).exp();
      assertEquals(1, Tensors.item(density.sum()) * width * width, 1e-9);
    }
  }

  @Test
  @Equation("2.5.6")
  void expectedSquareOfTheScore_isTheDimensionOverTheVariance_notOneOverIt() {
    try (Scope scope = Scope.open()) {
      int n = 50_000;
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7));
      NDArray score = process.scoreOfNoise(draw(3, n, 8), 1);
      double found = Tensors.item(score.square().sum(new int[] {1}).mean());
      double expected = 8 / 0.49;
      assertEquals(expected, found, expected * 4 * Math.sqrt(2.0 / (n * 8)));
      assertEquals(2.04, 1 / 0.49, 1e-2, "as printed");
      assertEquals(1, new ScoreMatching(process).weight(1) * found / 8, 0.02);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.3", "1", "3"})
  @Equation("2.5.12")
  void expectedDenoised_isThePosteriorMean_byConjugacyAndByQuadrature(double sigma) {
    double mean = 0.4;
    double variance = 0.7;
    double xi = -1.3;
    double conjugate = (mean * sigma * sigma + xi * variance) / (variance + sigma * sigma);
    double total = 0;
    double first = 0;
    for (int k = -200_000; k <= 200_000; k++) {
      double u = k * 1e-4;
      double log = (u - mean) * (u - mean) / variance + (xi - u) * (xi - u) / (sigma * sigma);
      total += Math.exp(-log / 2);
      first += u * Math.exp(-log / 2);
    }
    assertEquals(conjugate, first / total, 1e-7);
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(sigma));
      NDArray x = Tensors.ofDoubles(xi);
      NDArray score = Tensors.ofDoubles(-(xi - mean) / (variance + sigma * sigma));
      assertEquals(conjugate, Tensors.item(process.expectedDenoised(x, score, 1)), 1e-12);
      NDArray epsilon = process.noiseOfScore(score, 1);
      assertEquals(conjugate, Tensors.item(process.denoisedEstimate(x, epsilon, 1)), 1e-12);
    }
  }

  @Test
  void correlatedNoise_givesTheReferenceCase() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.7), new CorrelatedPair());
      NDArray x0 = Tensors.of(new double[] {1, -1}, new Shape(1, 2));
      NDArray xi = process.diffuse(x0, 1, Tensors.of(new double[] {0.5, -0.25}, new Shape(1, 2)));
      double[] x = {1.2766992953, -1.0553398591};
      assertArrayEquals(x, Tensors.toDoubles(xi), 1e-10);
      double[] score = {-0.9882117688, 0.7058655491};
      assertArrayEquals(score, Tensors.toDoubles(process.score(x0, xi, 1)), 1e-9);
      double a = 0.5 + 0.49;
      double b = 0.49 * 0.6;
      double d0 = x[0] - 1;
      double d1 = x[1] - 2;
      double det = a * a - b * b;
      double[] marginal = {-(a * d0 - b * d1) / det, -(a * d1 - b * d0) / det};
      NDArray s = Tensors.of(marginal, new Shape(1, 2));
      double[] clean = {1.6558405737, 0.2621342847};
      double[] found = Tensors.toDoubles(process.expectedDenoised(xi, s, 1));
      assertArrayEquals(clean, found, 1e-9);
      assertEquals(1 + 0.5 * -marginal[0], found[0], 1e-9, "m + 0.5 C^-1 (x - m)");
    }
  }

  @Test
  void pureNoise_hasTheDeviationOfTheNoisiestScale() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(1, 50), new CorrelatedPair());
      NDArray x = process.pureNoise(new Shape(20_000, 2), 1, Seeds.of(4));
      NDArray first = x.get(":, :, 0");
      NDArray second = x.get(":, :, 1");
      assertEquals(2500, Tensors.item(first.square().mean()), 2500 * 0.04);
      assertEquals(1500, Tensors.item(first.mul(second).mean()), 2500 * 0.04);
    }
  }

  @Test
  void levelZero_andOtherShapes_areRefused() {
    try (Scope scope = Scope.open()) {
      NDArray x = draw(1, 1, 2);
      ScaledNoise process = new ScaledNoise(SCALES);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> process.score(x, x, 0));
      assertTrue(error.getMessage().contains("i must be at least 1"));
      assertThrows(IllegalArgumentException.class, () -> process.diffuse(x, 3, draw(1, 2, 2)));
      assertThrows(IllegalArgumentException.class, () -> process.diffuse(x, 9, x));
    }
  }
}
