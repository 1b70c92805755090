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
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardProcessTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  private static NDArray draw(int step, long... shape) {
    return Seeds.of(6).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  @Test
  @Equation({"2.4.1", "2.4.2", "2.4.4"})
  void transitions_oneAfterAnother_haveTheMeanAndVarianceOfTheJump() {
    try (Scope scope = Scope.open()) {
      int n = 200_000;
      ForwardProcess process = new ForwardProcess(SCHEDULE);
      NDArray x = Tensors.full(new Shape(n), 0.7, DataType.FLOAT64);
      for (int t = 1; t <= 10; t++) {
        x = process.transition(x, t, draw(t, n));
      }
      double mean = Tensors.item(x.mean());
      double variance = Tensors.item(x.square().mean()) - mean * mean;
      double alphaBar = SCHEDULE.alphaBar(10);
      assertEquals(Math.sqrt(alphaBar) * 0.7, mean, 4 / Math.sqrt(n));
      assertEquals(1 - alphaBar, variance, 4 * Math.sqrt(2.0 / n));
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.5", "2.4.6", "2.4.23"})
  void noiseBetween_andDenoisedEstimate_undoDiffuse(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      NDArray x0 = draw(1, 4, 2);
      NDArray epsilon = draw(2, 4, 2);
      NDArray xt = process.diffuse(x0, 7, epsilon);
      double[] expected = Tensors.toDoubles(epsilon);
      assertArrayEquals(expected, Tensors.toDoubles(process.noiseBetween(x0, xt, 7)), 1e-13);
      NDArray back = process.denoisedEstimate(xt, epsilon, 7);
      assertArrayEquals(Tensors.toDoubles(x0), Tensors.toDoubles(back), 1e-13);
    }
  }

  @Test
  @Equation("2.4.5")
  void diffuse_withAStepPerSample_isDiffuseOfEachSample() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE);
      NDArray x0 = draw(1, 3, 1, 2, 2);
      NDArray epsilon = draw(2, 3, 1, 2, 2);
      int[] t = {1, 10, 4};
      NDArray batch = process.diffuse(x0, t, epsilon);
      for (int i = 0; i < 3; i++) {
        String sample = i + ":" + (i + 1);
        NDArray one = process.diffuse(x0.get(sample), t[i], epsilon.get(sample));
        assertArrayEquals(
            Tensors.toDoubles(one), Tensors.toDoubles(batch.get(sample)), 1e-6, "float32 factors");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.7", "2.4.8", "2.4.9"})
  void score_isTheSlopeOfTheLogDensity_andThatOfTheNoise(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      NDArray x0 = draw(1, 1, 2);
      NDArray epsilon = draw(2, 1, 2);
      NDArray xt = process.diffuse(x0, 5, epsilon);
      double[] score = Tensors.toDoubles(process.score(x0, xt, 5));
      double h = 1e-5;
      for (int i = 0; i < 2; i++) {
        double[] unit = new double[2];
        unit[i] = h;
        NDArray d = Tensors.of(unit, new Shape(1, 2));
        double up = Tensors.item(process.logDensity(x0, xt.add(d), 5));
        double down = Tensors.item(process.logDensity(x0, xt.sub(d), 5));
        assertEquals((up - down) / (2 * h), score[i], 1e-8);
      }
      assertArrayEquals(score, Tensors.toDoubles(process.scoreOfNoise(epsilon, 5)), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.4.4", "2.4.7"})
  void logDensity_integratesToOne(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      int n = 161;
      double width = 0.1;
      double[] grid = new double[2 * n * n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          grid[2 * (i * n + k)] = (i - n / 2) * width;
          grid[2 * (i * n + k) + 1] = (k - n / 2) * width;
        }
      }
      NDArray xt = Tensors.of(grid, new Shape((long) n * n, 2));
      NDArray x0 = Tensors.zerosLike(xt);
      double total = Tensors.item(process.logDensity(x0, xt, 10).exp().sum()) * width * width;
      assertEquals(1, total, 1e-9);
    }
  }

  @Test
  @Equation({"2.4.19", "2.4.20", "2.4.21"})
  void posterior_isBayesRuleByQuadrature() {
    double x0 = 0.4;
    double xt = -0.3;
    int t = 6;
    double beta = SCHEDULE.beta(t);
    double previous = SCHEDULE.alphaBar(t - 1);
    double total = 0;
    double first = 0;
    double second = 0;
    for (int i = -60_000; i <= 60_000; i++) {
      double u = i * 1e-4;
      double q =
          normal(xt, Math.sqrt(1 - beta) * u, beta)
              * normal(u, Math.sqrt(previous) * x0, 1 - previous);
      total += q * 1e-4;
      first += u * q * 1e-4;
      second += u * u * q * 1e-4;
    }
    double mean = first / total;
    double alphaBar = SCHEDULE.alphaBar(t);
    assertEquals(normal(xt, Math.sqrt(alphaBar) * x0, 1 - alphaBar), total, 1e-10);
    assertEquals(second / total - mean * mean, SCHEDULE.betaTilde(t), 1e-9);
    try (Scope scope = Scope.open()) {
      NDArray found =
          new ForwardProcess(SCHEDULE)
              .posteriorMean(Tensors.ofDoubles(x0), Tensors.ofDoubles(xt), t);
      assertEquals(mean, Tensors.item(found), 1e-9);
    }
  }

  private static double normal(double x, double mean, double variance) {
    return Math.exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }

  @Test
  void correlatedNoise_givesTheReferenceCase() {
    try (Scope scope = Scope.open()) {
      NoiseSchedule schedule = NoiseSchedule.of(0.6, 0.375);
      ForwardProcess process = new ForwardProcess(schedule, new CorrelatedPair());
      NDArray x0 = Tensors.of(new double[] {1, -1}, new Shape(1, 2));
      NDArray epsilon = Tensors.of(new double[] {0.5, -0.25}, new Shape(1, 2));
      NDArray xt = process.diffuse(x0, 2, epsilon);
      double[] expected = {0.8423265984, -0.5684653197};
      assertArrayEquals(expected, Tensors.toDoubles(xt), 1e-10);
      double[] score = {-0.798762063, 0.5705443307};
      assertArrayEquals(score, Tensors.toDoubles(process.score(x0, xt, 2)), 1e-9);
      double[] mean = {0.848961883, -0.6757568022};
      assertArrayEquals(mean, Tensors.toDoubles(process.posteriorMean(x0, xt, 2)), 1e-9);
      assertEquals(-1.4833014426, Tensors.item(process.logDensity(x0, xt, 2)), 1e-9);
      NDArray predicted = Tensors.of(new double[] {0.2, 0.1}, new Shape(1, 2));
      double[] clean = {1.3012474066, -1.4107919181};
      NDArray estimate = process.denoisedEstimate(xt, predicted, 2);
      assertArrayEquals(clean, Tensors.toDoubles(estimate), 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  @Equation("2.4.12")
  void expectedSquareOfTheScore_isTheDimensionOverTheVariance(int dimension) {
    try (Scope scope = Scope.open()) {
      int n = 50_000;
      ForwardProcess process = new ForwardProcess(SCHEDULE);
      NDArray score = process.scoreOfNoise(draw(3, n, dimension), 4);
      double found = Tensors.item(score.square().sum(new int[] {1}).mean());
      double printed = 1 / (1 - SCHEDULE.alphaBar(4));
      double expected = dimension * printed;
      assertEquals(expected, found, expected * 4 * Math.sqrt(2.0 / (n * dimension)));
      assertEquals(dimension == 1, Math.abs(found - printed) < 0.5 * printed, "as printed");
    }
  }

  /**
   * p(x₂, x₁ | x₀) with β = 0.2, 0.1, x₀ = 0.7 and x₂ = −0.2, of which p(x₂ | x₀) is the integral.
   */
  @Test
  @Equation("2.4.3")
  void productOfTransitions_isTheJointDensity_andItsIntegralTheMarginal() {
    DoubleUnaryOperator product =
        x1 -> normal(-0.2, Math.sqrt(0.9) * x1, 0.1) * normal(x1, Math.sqrt(0.8) * 0.7, 0.2);
    double integral = 0;
    for (int i = -60_000; i <= 60_000; i++) {
      integral += product.applyAsDouble(i * 1e-4) * 1e-4;
    }
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(NoiseSchedule.of(0.2, 0.1));
      NDArray x0 = Tensors.ofDoubles(0.7).reshape(1, 1);
      NDArray x2 = Tensors.ofDoubles(-0.2).reshape(1, 1);
      double marginal = Math.exp(Tensors.item(process.logDensity(x0, x2, 2)));
      assertEquals(marginal, integral, 1e-8);
      assertEquals(0.184775, product.applyAsDouble(0.4), 1e-6);
      assertTrue(Math.abs(product.applyAsDouble(0.4) - marginal) > 0.05, "as printed");
      assertTrue(Math.abs(product.applyAsDouble(0.4) - product.applyAsDouble(0)) > 0.05);
    }
  }

  @Test
  void score_atStepZero_isRefused() {
    try (Scope scope = Scope.open()) {
      NDArray x = draw(1, 1, 2);
      ForwardProcess process = new ForwardProcess(SCHEDULE);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> process.score(x, x, 0));
      assertTrue(error.getMessage().contains("t must be at least 1"));
      assertThrows(
          IllegalArgumentException.class,
          () -> process.diffuse(x, 3, Scalars.scale(draw(1, 2, 2), 1)));
    }
  }
}
