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
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreMatchingTest {

  private static final NoiseScales SCALES = NoiseScales.geometric(6, 0.1, 3);

  static Stream<GaussianNoise> noises() {
    return Stream.of(new WhiteNoise(), new CorrelatedPair());
  }

  private static NDArray draw(int step, long... shape) {
    return Seeds.of(9).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  private static double sum(NDArray x) {
    return Tensors.item(x.sum());
  }

  @Test
  @Equation("2.5.5")
  void scoreLoss_ofAffineModels_isLeastAtTheMarginalScore() {
    try (Scope scope = Scope.open()) {
      int n = 200_000;
      double sigma = 0.5;
      ScoreMatching matching = new ScoreMatching(new ScaledNoise(NoiseScales.of(sigma)));
      NDArray x0 = Scalars.add(Scalars.scale(draw(1, n), 0.8), 1.5);
      NDArray xi = matching.process().diffuse(x0, 1, draw(2, n));
      double centre = Tensors.item(xi.mean());
      NDArray fromCentre = Scalars.add(xi, -centre);
      DoubleUnaryOperator ofSlope =
          w -> Tensors.item(matching.scoreLoss(Scalars.scale(fromCentre, w), x0, xi, 1));
      DoubleUnaryOperator ofShift =
          b -> Tensors.item(matching.scoreLoss(Scalars.add(Tensors.zerosLike(xi), b), x0, xi, 1));
      double slope = lowest(ofSlope);
      double shift = lowest(ofShift);
      assertEquals(-1 / (0.64 + sigma * sigma), slope, 0.02);
      assertEquals(1.5, centre - shift / slope, 0.02, "where the best score is zero");
    }
  }

  /** Where a parabola is lowest, from three of its values. */
  private static double lowest(DoubleUnaryOperator parabola) {
    double left = parabola.applyAsDouble(-1);
    double middle = parabola.applyAsDouble(0);
    double right = parabola.applyAsDouble(1);
    return (left - right) / (2 * (left - 2 * middle + right));
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.5.5", "2.5.7"})
  void weightedLoss_isTheWeightTimesTheScoreLoss_inBothLines(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ScoreMatching matching = new ScoreMatching(new ScaledNoise(SCALES, noise));
      NDArray x0 = draw(1, 5, 2);
      NDArray epsilon = draw(2, 5, 2);
      NDArray score = draw(3, 5, 2);
      int i = 4;
      double sigma = SCALES.sigma(i);
      NDArray xi = matching.process().diffuse(x0, i, epsilon);
      double weighted = Tensors.item(matching.weightedScoreLoss(score, x0, xi, i));
      NDArray r = score.sub(matching.process().score(x0, xi, i));
      double matrixWeight = sigma * sigma * sum(r.mul(noise.covariance(r))) / 10;
      assertEquals(matrixWeight, weighted, 1e-12);
      NDArray secondLine = Scalars.axpy(sigma, noise.sqrt(score), epsilon);
      assertEquals(sum(secondLine.square()) / 10, weighted, 1e-12);
      if (noise instanceof WhiteNoise) {
        double ell = Tensors.item(matching.scoreLoss(score, x0, xi, i));
        assertEquals(matching.weight(i) * ell, weighted, 1e-12);
      }
      assertEquals(0, sum(matching.scoreLoss(score.sub(r), x0, xi, i)), 1e-24);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"2.5.7", "2.5.9"})
  void loss_isTheMeanOfTheWeightedScoreLosses(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      ScoreMatching matching = new ScoreMatching(new ScaledNoise(SCALES, noise));
      NDArray x0 = draw(1, 6, 2);
      NDArray epsilon = draw(2, 6, 2);
      int[] levels = {1, 2, 3, 4, 5, 6};
      NoisePredictor network = (x, i) -> Scalars.scale(x, 0.3);
      double mean = 0;
      for (int i : levels) {
        String sample = (i - 1) + ":" + i;
        NDArray xi = matching.process().diffuse(x0.get(sample), i, epsilon.get(sample));
        NDArray score = matching.process().scoreOfNoise(Scalars.scale(xi, 0.3), i);
        mean += Tensors.item(matching.weightedScoreLoss(score, x0.get(sample), xi, i)) / 6;
      }
      assertEquals(mean, Tensors.item(matching.loss(network, x0, levels, epsilon)), 1e-12);
      NDArray other = matching.overallLoss(network, x0, levels, epsilon, matching::weight);
      assertEquals(mean, Tensors.item(other), 1e-12);
      NDArray perDimension = matching.lossPerDimension(network, x0, levels, epsilon);
      assertEquals(mean, Tensors.item(perDimension), 1e-12, "2 / D is 1 here");
      NDArray one = matching.overallLoss(network, x0, levels, epsilon, i -> 1);
      NDArray xi = matching.process().diffuse(x0, levels, epsilon);
      NDArray miss = epsilon.sub(Scalars.scale(xi, 0.3)).square().sum(new int[] {1});
      double expected = 0;
      for (int i : levels) {
        expected += Tensors.toDoubles(miss)[i - 1] / Math.pow(SCALES.sigma(i), 2) / 12;
      }
      assertEquals(expected, Tensors.item(one), 1e-10);
    }
  }

  @Test
  @Equation({"2.5.8", "2.5.9"})
  void unconditionalScore_hasTheRightSize_butCannotBeRightAtOnePointForAllLevels() {
    try (Scope scope = Scope.open()) {
      ScaledNoise process = new ScaledNoise(SCALES);
      NDArray epsilon = draw(5, 200, 1000);
      for (int i = 1; i <= 6; i++) {
        NDArray norm = process.scoreOfNoise(epsilon, i).square().sum(new int[] {1}).sqrt();
        double expected = Math.sqrt(1000) / SCALES.sigma(i);
        assertEquals(expected, Tensors.item(norm.mean()), 0.01 * expected);
      }
      NoisePredictor told = (x, t) -> x.div(Scalars.add(t, 1).reshape(-1, 1));
      NDArray x = draw(6, 2, 3);
      NDArray levels = NoiseMatching.steps(1, 6);
      NDArray untold = told.unconditional().predict(x, levels);
      assertArrayEquals(Tensors.toDoubles(x), Tensors.toDoubles(untold), 1e-12);
      NDArray zero = Tensors.zerosLike(x);
      double atLeast = sum(process.noiseBetween(zero, x, 1).abs());
      double atMost = sum(process.noiseBetween(zero, x, 6).abs());
      assertEquals(30, atLeast / atMost, 1e-9, "one point, two levels, two answers");
      NDArray loss =
          new ScoreMatching(process).loss(told.unconditional(), zero, new int[] {1, 6}, x);
      double first = Math.pow(1 - SCALES.sigma(1), 2) * sum(x.get("0").square());
      double second = Math.pow(1 - SCALES.sigma(6), 2) * sum(x.get("1").square());
      assertEquals((first + second) / 4, Tensors.item(loss), 1e-9);
    }
  }

  @Test
  void drawLevels_areUniform_andDependOnTheStepAlone() {
    ScoreMatching matching = new ScoreMatching(new ScaledNoise(SCALES));
    int[] drawn = matching.drawLevels(Seeds.of(3), 5, 60_000);
    for (int i = 1; i <= 6; i++) {
      int level = i;
      assertEquals(10_000, IntStream.of(drawn).filter(k -> k == level).count(), 400);
    }
    assertArrayEquals(drawn, matching.drawLevels(Seeds.of(3), 5, 60_000));
    assertFalse(Arrays.equals(drawn, matching.drawLevels(Seeds.of(3), 6, 60_000)));
  }

  @Test
  void unitInput_showsTheNetworkInputsOfOneSize_andTellsTheLevel() {
    try (Scope scope = Scope.open()) {
      ScoreMatching matching = new ScoreMatching(new ScaledNoise(SCALES));
      NDArray x0 = draw(1, 2, 4000);
      NDArray xi = matching.process().diffuse(x0, new int[] {1, 6}, draw(2, 2, 4000));
      NDArray levels = NoiseMatching.steps(1, 6);
      NDArray seen = matching.unitInput((x, i) -> x.add(Tensors.zerosLike(x))).predict(xi, levels);
      double[] squares = Tensors.toDoubles(seen.square().mean(new int[] {1}));
      assertArrayEquals(new double[] {1, 1}, squares, 0.1);
      NDArray told = matching.unitInput((x, i) -> i).predict(xi, levels);
      assertArrayEquals(new double[] {1, 6}, Tensors.toDoubles(told));
    }
  }

  @Test
  void loss_ofTheWrongShape_isRefused() {
    try (Scope scope = Scope.open()) {
      ScoreMatching matching = new ScoreMatching(new ScaledNoise(SCALES));
      NDArray x = draw(1, 2, 3);
      NoisePredictor narrow = (xi, i) -> xi.get(":, 0:1");
      assertThrows(
          IllegalArgumentException.class, () -> matching.loss(narrow, x, new int[] {1, 2}, x));
      assertThrows(
          IllegalArgumentException.class,
          () -> matching.loss((xi, i) -> xi, x, new int[] {1, 2, 3}, x));
    }
  }
}
