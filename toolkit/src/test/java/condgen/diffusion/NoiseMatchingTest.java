package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoiseMatchingTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final ForwardProcess PROCESS = new ForwardProcess(SCHEDULE);
  private static final NoiseMatching MATCHING = new NoiseMatching(PROCESS);

  private static NDArray draw(int step, long... shape) {
    return Seeds.of(8).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  @Test
  @Equation("2.4.18")
  void loss_ofAlwaysZero_isTheMeanSquareOfTheNoise() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = draw(1, 4, 1, 3, 3);
      NDArray epsilon = draw(2, 4, 1, 3, 3);
      int[] t = {1, 4, 7, 10};
      NoisePredictor zero = (xt, steps) -> Tensors.zerosLike(xt);
      double expected = Tensors.item(epsilon.square().sum()) / 4;
      assertEquals(expected, Tensors.item(MATCHING.loss(zero, x0, t, epsilon)), 1e-12);
      double each = Tensors.item(MATCHING.lossPerDimension(zero, x0, t, epsilon));
      assertEquals(expected / 9, each, 1e-12);
    }
  }

  @Test
  @Equation({"2.4.15", "2.4.16", "2.4.17", "2.4.18"})
  void lossOfNoise_isTwiceTheWeightedLossOfTheScore() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = draw(1, 3, 2);
      NDArray epsilon = draw(2, 3, 2);
      NDArray predicted = draw(3, 3, 2);
      int t = 6;
      NDArray xt = PROCESS.diffuse(x0, t, epsilon);
      NDArray score = PROCESS.scoreOfNoise(predicted, t);
      double weighted = MATCHING.weight(t) * Tensors.item(MATCHING.scoreLoss(score, x0, xt, t));
      int[] steps = new int[3];
      Arrays.fill(steps, t);
      double noise = Tensors.item(MATCHING.loss((x, s) -> predicted, x0, steps, epsilon));
      assertEquals(2, noise / weighted, 1e-6);
    }
  }

  @Test
  @Equation("2.4.10")
  void scoreLoss_isLeastAtTheMarginalScore_notAtAnyOtherSlope() {
    try (Scope scope = Scope.open()) {
      int n = 100_000;
      int t = 8;
      double alphaBar = SCHEDULE.alphaBar(t);
      NDArray x0 = Scalars.add(Scalars.scale(draw(1, n), 0.8), 1.5);
      NDArray xt = PROCESS.diffuse(x0, t, draw(2, n));
      double variance = alphaBar * 0.64 + 1 - alphaBar;
      double mean = Math.sqrt(alphaBar) * 1.5;
      double best = scoreLossAtSlope(-1 / variance, mean, x0, xt, t);
      for (double factor : new double[] {0.8, 1.2}) {
        assertTrue(best < scoreLossAtSlope(-factor / variance, mean, x0, xt, t));
      }
    }
  }

  private static double scoreLossAtSlope(double slope, double mean, NDArray x0, NDArray xt, int t) {
    NDArray score = Scalars.scale(Scalars.add(xt, -mean), slope);
    return Tensors.item(MATCHING.scoreLoss(score, x0, xt, t));
  }

  @Test
  @Equation({"2.4.11", "2.4.13", "2.4.14"})
  void weight_makesAllLevelsCountAlike() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = draw(1, 20_000, 4);
      for (int t : new int[] {1, 5, 10}) {
        NDArray epsilon = draw(10 + t, 20_000, 4);
        NDArray xt = PROCESS.diffuse(x0, t, epsilon);
        double loss =
            Tensors.item(MATCHING.scoreLoss(Tensors.zerosLike(x0), x0, xt, t)) * MATCHING.weight(t);
        assertEquals(2, loss, 0.05, "half the dimension, at t = " + t);
      }
    }
  }

  @Test
  void drawSteps_coversOneToL_andRepeats() {
    int[] t = MATCHING.drawSteps(Seeds.of(1), 0, 5000);
    assertEquals(1, Arrays.stream(t).min().getAsInt());
    assertEquals(10, Arrays.stream(t).max().getAsInt());
    assertEquals(5.5, Arrays.stream(t).average().getAsDouble(), 4 * 2.87 / Math.sqrt(5000));
    assertArrayEquals(t, MATCHING.drawSteps(Seeds.of(1), 0, 5000));
  }

  @Test
  void loss_ofNetworkWithWrongShape_namesIt() {
    try (Scope scope = Scope.open()) {
      NDArray x0 = draw(1, 2, 3);
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> MATCHING.loss((x, s) -> draw(1, 2, 4), x0, new int[] {1, 2}, draw(2, 2, 3)));
      assertTrue(error.getMessage().contains("the network's output"));
    }
  }
}
