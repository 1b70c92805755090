package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thesis 6.2.10: the expected denoised sample with correlated noise, for Gaussian data. */
class CorrelatedDenoisedTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);

  /** A noise, the shape of its samples, Σ, and a covariance C of data that does not commute. */
  static Stream<Arguments> noises() {
    RealMatrix sixteen = Matrices.of(new double[16][16]);
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        sixteen.setEntry(i, j, (0.5 + 0.1 * (i % 5)) * Math.exp(-Math.abs(i - j)));
        sixteen.setEntry(j, i, sixteen.getEntry(i, j));
      }
    }
    return Stream.of(
        arguments(
            new DenseNoise(Matrices.four()),
            new Shape(4),
            Matrices.of(Matrices.four()),
            Matrices.of(Matrices.dataOfFour())),
        arguments(
            new GaussianFreeField(1),
            new Shape(4, 4),
            Matrices.of(FieldByCosines.covariance(1, 4, 4)),
            sixteen));
  }

  @Test
  @Equation({"6.2.30", "6.2.31", "6.2.32"})
  void expectedDenoised_ofTheExample_isThePosteriorMean_asPrintedItIsHalfOfIt() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray xt = PlaneExample.noisy();
      NDArray score = PlaneExample.row(PlaneExample.vector("gauss score"));
      double[] exact = PlaneExample.vector("E[x0|xt]");
      NDArray denoised = process.expectedDenoised(xt, score, 2);
      assertArrayEquals(exact, Tensors.toDoubles(denoised), 1e-9);
      assertArrayEquals(
          PlaneExample.vector("gauss score"),
          Tensors.toDoubles(process.score(denoised, xt, 2)),
          1e-9,
          "and back");
      NDArray printed = Scalars.axpy(0.75, process.noise().covariance(score), xt);
      assertArrayEquals(
          PlaneExample.vector("printed EDS"), Tensors.toDoubles(printed), 1e-9, "6.2.32");
      assertEquals(exact[0] / 2, Tensors.toDoubles(printed)[0], 1e-9);
      NDArray gap = process.noise().precision(denoised.sub(xt));
      double[] printedScore = Tensors.toDoubles(Scalars.scale(gap, 1 / 0.75));
      assertTrue(Math.abs(printedScore[0] - PlaneExample.vector("gauss score")[0]) > 0.5, "6.2.31");
    }
  }

  /** E[x₀ | x_t] by conditioning, and the score of N(√ᾱ m, ᾱ C + (1 − ᾱ) Σ), with matrices. */
  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.30", "6.2.31", "6.2.32"})
  void expectedDenoised_isTheConditionalMean(
      GaussianNoise noise, Shape sample, RealMatrix sigma, RealMatrix data) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      int t = 5;
      double alphaBar = SCHEDULE.alphaBar(t);
      int d = (int) sample.size();
      RealMatrix mean = Matrices.of(new double[d][1]);
      RealMatrix x = Matrices.of(new double[d][1]);
      for (int k = 0; k < d; k++) {
        mean.setEntry(k, 0, Math.sin(k + 1));
        x.setEntry(k, 0, Math.cos(3 * k + 1));
      }
      RealMatrix marginal = data.scalarMultiply(alphaBar).add(sigma.scalarMultiply(1 - alphaBar));
      RealMatrix gap = x.subtract(mean.scalarMultiply(Math.sqrt(alphaBar)));
      RealMatrix score = Matrices.inverse(marginal).multiply(gap).scalarMultiply(-1);
      RealMatrix exact = mean.subtract(data.multiply(score).scalarMultiply(Math.sqrt(alphaBar)));
      NDArray xt = Matrices.samples(x.transpose(), sample);
      NDArray s = Matrices.samples(score.transpose(), sample);
      NDArray denoised = process.expectedDenoised(xt, s, t);
      assertEquals(0, Matrices.apart(exact.transpose(), Matrices.of(denoised)), 1e-12);
      RealMatrix back = Matrices.of(process.score(denoised, xt, t));
      assertEquals(0, Matrices.apart(score.transpose(), back), 1e-11);
      NDArray epsilon = Scalars.scale(noise.sqrt(s), -Math.sqrt(1 - alphaBar));
      RealMatrix ofNoise = Matrices.of(process.denoisedEstimate(xt, epsilon, t));
      assertEquals(0, Matrices.apart(exact.transpose(), ofNoise), 1e-12, "6.2.15");
      RealMatrix precision = Matrices.inverse(sigma).scalarMultiply(1 / (1 - alphaBar));
      RealMatrix away = exact.subtract(x);
      RealMatrix printed30 = away.scalarMultiply(precision.getTrace());
      RealMatrix printed31 = precision.multiply(away);
      assertTrue(Matrices.apart(score, printed30) > 1, "a scalar factor");
      assertTrue(Matrices.apart(score, printed31) > 0.1, "without √ᾱ");
      RealMatrix printed32 = x.add(sigma.multiply(score).scalarMultiply(1 - alphaBar));
      RealMatrix shrunk = exact.scalarMultiply(Math.sqrt(alphaBar));
      assertEquals(0, Matrices.apart(shrunk, printed32), 1e-12, "√ᾱ times the truth");
      assertTrue(Matrices.apart(exact, printed32) > 0.1);
    }
  }

  /**
   * A score s(x₀* − x) with one number in place of a matrix is exact only if nothing was shrunk.
   */
  @Test
  @Equation("6.2.32")
  void printedDenoised_isNearlyRightAtTheLastStep() {
    double first = NoiseSchedule.ddpm().alphaBar(1);
    assertEquals(1, Math.sqrt(first), 1e-4);
    assertTrue(Math.sqrt(NoiseSchedule.ddpm().alphaBar(500)) < 0.3);
  }
}
