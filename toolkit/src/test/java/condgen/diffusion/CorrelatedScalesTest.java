package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.CorrelatedPair;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sections 6.3.1 to 6.3.6 and 6.3.8 with correlation 0.6: forward process, score, losses. */
class CorrelatedScalesTest {

  private static final GaussianNoise NOISE = new CorrelatedPair();
  private static final ScaledNoise AT = new ScaledNoise(NoiseScales.of(0.7), NOISE);

  private Scope scope;
  private NDArray x0;
  private NDArray epsilon;
  private NDArray x;

  @BeforeEach
  void open() {
    scope = Scope.open();
    x0 = Tensors.of(new double[] {1, -1}, new Shape(1, 2));
    epsilon = Tensors.of(new double[] {0.5, -0.25}, new Shape(1, 2));
    x = AT.diffuse(x0, 1, epsilon);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray draw(int step, int n) {
    return Seeds.of(31).normal(step, new Shape(n, 2), DataType.FLOAT64);
  }

  private static double sum(NDArray array) {
    return Tensors.item(array.sum());
  }

  @Test
  @Equation({"6.3.1", "6.3.2"})
  void jump_hasTheValuesOfTheExample_andIsUndone() {
    double[] expected = {1.2766992953, -1.0553398591};
    assertArrayEquals(expected, Tensors.toDoubles(x), 1e-10);
    double[] back = Tensors.toDoubles(AT.noiseBetween(x0, x, 1));
    assertArrayEquals(new double[] {0.5, -0.25}, back, 1e-12);
  }

  /**
   * The matrix of each transition by two unit vectors; their squares add up to that of the jump.
   */
  @Test
  @Equation({"6.3.1", "6.3.3", "6.3.4"})
  void transitions_addUpToTheJump() {
    ScaledNoise process = new ScaledNoise(NoiseScales.of(0.05, 0.2, 0.6, 1.1), NOISE);
    NDArray unit = Tensors.eye(2).toType(DataType.FLOAT64, false);
    NDArray zero = Tensors.zerosLike(unit);
    NDArray covariance = zero;
    for (int i = 1; i <= 4; i++) {
      NDArray root = process.transition(zero, i, unit);
      NDArray one = root.transpose().matMul(root);
      double added =
          Math.pow(process.scales().sigma(i), 2) - Math.pow(process.scales().sigma(i - 1), 2);
      assertArrayEquals(
          new double[] {added, .6 * added, .6 * added, added}, Tensors.toDoubles(one), 1e-12);
      covariance = covariance.add(one);
    }
    double[] expected = {1.21, 0.726, 0.726, 1.21};
    assertArrayEquals(expected, Tensors.toDoubles(covariance), 1e-12);
    NDArray jump = process.diffuse(zero, 4, unit);
    NDArray ofJump = jump.transpose().matMul(jump);
    assertArrayEquals(expected, Tensors.toDoubles(ofJump), 1e-12);
  }

  @Test
  @Equation({"6.3.5", "6.3.6"})
  void score_isTheSlopeOfTheLogDensity() {
    double[] expected = {-0.9882117688, 0.7058655491};
    assertArrayEquals(expected, Tensors.toDoubles(AT.score(x0, x, 1)), 1e-10);
    assertArrayEquals(expected, Tensors.toDoubles(AT.scoreOfNoise(epsilon, 1)), 1e-10);
    double h = 1e-5;
    NDArray steps = Scalars.scale(Tensors.eye(2).toType(DataType.FLOAT64, false), h);
    NDArray both = x0.concat(x0);
    NDArray up = AT.logDensity(both, steps.add(x), 1);
    NDArray down = AT.logDensity(both, x.sub(steps), 1);
    double[] slope = Tensors.toDoubles(Scalars.scale(up.sub(down), 0.5 / h));
    assertArrayEquals(expected, slope, 1e-8);
    double quadratic = 0.5 * (0.25 + 0.0625);
    double constant = Math.log(2 * Math.PI * 0.49) + 0.5 * Math.log(0.64);
    assertEquals(-quadratic - constant, Tensors.item(AT.logDensity(x0, x, 1)), 1e-12);
  }

  @Test
  @Equation({"6.3.7", "6.3.8", "6.3.10"})
  void losses_byBothLines_andTheMatrixWeight() {
    ScoreMatching matching = new ScoreMatching(AT);
    NDArray clean = draw(1, 500);
    NDArray white = draw(2, 500);
    NDArray score = draw(3, 500);
    NDArray xi = AT.diffuse(clean, 1, white);
    assertEquals(0, Tensors.item(matching.scoreLoss(AT.score(clean, xi, 1), clean, xi, 1)), 1e-24);
    NDArray r = Scalars.axpy(1 / 0.7, NOISE.inverseSqrt(white), score);
    double second = sum(r.square()) / 1000;
    assertEquals(second, Tensors.item(matching.scoreLoss(score, clean, xi, 1)), 1e-12 * second);
    double quadratic = 0.49 * sum(r.mul(NOISE.covariance(r))) / 1000;
    NDArray first = Scalars.scale(NOISE.inverseSqrt(xi.sub(clean)), 1 / 0.7);
    double firstLine = sum(Scalars.axpy(0.7, NOISE.sqrt(score), first).square()) / 1000;
    double lastLine = sum(Scalars.axpy(0.7, NOISE.sqrt(score), white).square()) / 1000;
    double weighted = Tensors.item(matching.weightedScoreLoss(score, clean, xi, 1));
    assertEquals(quadratic, firstLine, 1e-12 * quadratic);
    assertEquals(quadratic, lastLine, 1e-12 * quadratic);
    assertEquals(quadratic, weighted, 1e-12 * quadratic);
    double asFactor = 0.49 * second;
    assertTrue(Math.abs(asFactor - quadratic) > 0.05 * quadratic, "λ is a matrix, no factor");
  }

  /** ε_θ = −σ_i √Σ s turns the loss of scores into the loss of noises; the level is not told. */
  @Test
  @Equation({"6.3.11", "6.3.12"})
  void unconditionalNetwork_putInto6310_gives6312() {
    ScaledNoise process = new ScaledNoise(NoiseScales.of(0.3, 0.7, 2), NOISE);
    ScoreMatching matching = new ScoreMatching(process);
    NDArray clean = draw(4, 6);
    NDArray white = draw(5, 6);
    int[] levels = {1, 1, 2, 2, 3, 3};
    NoisePredictor network = (y, i) -> Scalars.scale(y, 0.4);
    double mean = 0;
    for (int i = 1; i <= 3; i++) {
      String rows = 2 * (i - 1) + ":" + 2 * i;
      NDArray xi = process.diffuse(clean.get(rows), i, white.get(rows));
      NDArray score =
          Scalars.scale(NOISE.inverseSqrt(Scalars.scale(xi, 0.4)), -1 / process.scales().sigma(i));
      mean += Tensors.item(matching.weightedScoreLoss(score, clean.get(rows), xi, i)) / 3;
    }
    NDArray loss = matching.loss(network.unconditional(), clean, levels, white);
    assertEquals(mean, Tensors.item(loss), 1e-12 * mean);
  }

  /** Read as the score's covariance 6.3.9 is right; the mean square is a trace. */
  @Test
  @Equation("6.3.9")
  void meanSquareOfTheScore_isTheTraceOfItsCovariance() {
    int n = 200_000;
    NDArray score = AT.scoreOfNoise(draw(6, n), 1);
    double square = sum(score.square()) / n;
    double trace = 2 * 1.5625 / 0.49;
    assertEquals(6.3775510, trace, 1e-7);
    double bar = 4 * Math.sqrt(2 * (Math.pow(1 / 1.6, 2) + Math.pow(1 / 0.4, 2)) / n) / 0.49;
    assertEquals(trace, square, bar);
    double[] covariance =
        Tensors.toDoubles(Scalars.scale(score.transpose().matMul(score), 1.0 / n));
    double[] expected = {1.5625 / 0.49, -0.9375 / 0.49, -0.9375 / 0.49, 1.5625 / 0.49};
    assertArrayEquals(expected, covariance, bar);
    double weight = new ScoreMatching(AT).weight(1);
    NDArray weighted = Scalars.scale(score.mul(NOISE.covariance(score)), weight);
    assertEquals(2, sum(weighted) / n, 4 * Math.sqrt(4.0 / n), "and σ² Σ makes it D at any level");
  }

  /** Data N((1, 2), I/2): from the score, and by completing the square. */
  @Test
  @Equation("6.3.15")
  void expectedDenoised_isThePosteriorMean() {
    NDArray mean = Tensors.of(new double[] {1, 2}, new Shape(1, 2));
    double diagonal = 0.5 + 0.49;
    double other = 0.49 * 0.6;
    double determinant = diagonal * diagonal - other * other;
    double[] r = Tensors.toDoubles(x.sub(mean));
    double[] s = {
      -(diagonal * r[0] - other * r[1]) / determinant,
      -(diagonal * r[1] - other * r[0]) / determinant
    };
    NDArray score = Tensors.of(s, new Shape(1, 2));
    double[] expected = {1.6558405737, 0.2621342847};
    double[] found = Tensors.toDoubles(AT.expectedDenoised(x, score, 1));
    assertArrayEquals(expected, found, 1e-10);
    double[] byNoise = Tensors.toDoubles(AT.denoisedEstimate(x, AT.noiseOfScore(score, 1), 1));
    assertArrayEquals(expected, byNoise, 1e-10);
    // (2 I + Σ⁻¹/0.49) m = 2 (1, 2) + Σ⁻¹ x / 0.49
    double a = 2 + 1.5625 / 0.49;
    double b = -0.9375 / 0.49;
    double[] right = Tensors.toDoubles(Scalars.scale(NOISE.precision(x), 1 / 0.49));
    double u = right[0] + 2;
    double v = right[1] + 4;
    double[] square = {(a * u - b * v) / (a * a - b * b), (a * v - b * u) / (a * a - b * b)};
    assertArrayEquals(square, found, 1e-12);
    double[] back = Tensors.toDoubles(AT.score(Tensors.of(square, new Shape(1, 2)), x, 1));
    assertArrayEquals(s, back, 1e-12, "the first line of 6.3.15");
  }

  /**
   * With σ_L below 1, as the text asks, x_L is far from pure noise; with 6.3.11's 20 it is near.
   */
  @Test
  @Equation("6.3.1-text")
  void largestScale_hasToBeLarge_andTheOrderIsRising() {
    NDArray z = draw(7, 100_000);
    double whitened = Math.sqrt(Tensors.item(x0.mul(NOISE.precision(x0)).sum()));
    assertEquals(Math.sqrt(5), whitened, 1e-12);
    for (double largest : new double[] {0.9, 20}) {
      ScaledNoise process = new ScaledNoise(NoiseScales.of(0.01, largest), NOISE);
      NDArray noisy = process.diffuse(x0.broadcast(z.getShape()), 2, z);
      NDArray own = process.logDensity(x0.broadcast(z.getShape()), noisy, 2);
      NDArray pure = process.logDensity(Tensors.zerosLike(noisy), noisy, 2);
      double apart = 1 - Tensors.item(pure.sub(own).exp().minimum(Tensors.onesLike(own)).mean());
      double closed =
          2 * new NormalDistribution().cumulativeProbability(whitened / (2 * largest)) - 1;
      assertEquals(closed, apart, 0.01);
      assertTrue(largest < 1 ? apart > 0.75 : apart < 0.05, largest + ": " + apart);
    }
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.of(20, 0.01));
  }
}
