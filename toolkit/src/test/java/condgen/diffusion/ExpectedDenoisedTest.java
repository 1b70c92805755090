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

class ExpectedDenoisedTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);
  private static final double MEAN = 1.5;
  private static final double DEVIATION = 0.8;

  /** E[x₀ | x_t] for data N(1.5, 0.8²), by quadrature. */
  private static double byQuadrature(double xt, double alphaBar) {
    double total = 0;
    double first = 0;
    for (int i = -80_000; i <= 110_000; i++) {
      double u = i * 1e-4;
      double p =
          Math.exp(
              -Math.pow(u - MEAN, 2) / (2 * DEVIATION * DEVIATION)
                  - Math.pow(xt - Math.sqrt(alphaBar) * u, 2) / (2 * (1 - alphaBar)));
      total += p;
      first += u * p;
    }
    return first / total;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9})
  @Equation({"2.4.41", "2.4.42", "2.4.43"})
  void expectedDenoised_isThePosteriorMean_andAsPrintedIsShrunkByTheRootOfAlphaBar(int t) {
    try (Scope scope = Scope.open()) {
      double alphaBar = SCHEDULE.alphaBar(t);
      double x = 0.35;
      double exact = byQuadrature(x, alphaBar);
      NDArray xt = Tensors.ofDoubles(x);
      NDArray score = Gaussians.score(SCHEDULE, xt, t, MEAN, DEVIATION);
      NDArray denoised = PROCESS.expectedDenoised(xt, score, t);
      assertEquals(exact, Tensors.item(denoised), 1e-10);
      double s = Tensors.item(score);
      assertEquals(s, Tensors.item(PROCESS.score(denoised, xt, t)), 1e-12, "and back");
      double printed43 = x + (1 - alphaBar) * s;
      assertEquals(Math.sqrt(alphaBar) * exact, printed43, 1e-10);
      assertTrue(Math.abs(printed43 - exact) > 0.01);
      double printed42 = (exact - x) / (1 - alphaBar);
      assertTrue(Math.abs(printed42 - s) > 0.01);
      NDArray epsilon = Scalars.scale(score, -Math.sqrt(1 - alphaBar));
      assertEquals(exact, Tensors.item(PROCESS.denoisedEstimate(xt, epsilon, t)), 1e-10);
    }
  }

  /** Only in one dimension is E‖∇ log p‖² the factor 1 / (1 − ᾱ) of 2.4.42. */
  @Test
  @Equation("2.4.41")
  void factorOfTheScore_isItsMeanSquarePerDimension() {
    try (Scope scope = Scope.open()) {
      int t = 5;
      int dimension = 8;
      int n = 20_000;
      NDArray score =
          PROCESS.scoreOfNoise(Seeds.of(3).normal(1, new Shape(n, dimension), DataType.FLOAT64), t);
      double square = Tensors.item(score.square().sum(new int[] {1}).mean());
      double factor = 1 / (1 - SCHEDULE.alphaBar(t));
      assertEquals(factor, square / dimension, 4 * factor * Math.sqrt(2.0 / (n * dimension)));
      assertTrue(square > 7 * factor);
    }
  }

  @Test
  void expectedDenoised_ofCorrelatedNoise_isTheEstimateFromTheNoiseOfTheScore() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, new CorrelatedPair());
      NDArray xt = Seeds.of(3).normal(1, new Shape(4, 2), DataType.FLOAT64);
      NDArray epsilon = Seeds.of(3).normal(2, new Shape(4, 2), DataType.FLOAT64);
      double[] ofNoise = Tensors.toDoubles(process.denoisedEstimate(xt, epsilon, 6));
      NDArray score = process.scoreOfNoise(epsilon, 6);
      double[] ofScore = Tensors.toDoubles(process.expectedDenoised(xt, score, 6));
      assertArrayEquals(ofNoise, ofScore, 1e-12);
    }
  }
}
