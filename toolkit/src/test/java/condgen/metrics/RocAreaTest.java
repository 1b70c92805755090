package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class RocAreaTest {

  private static double[] normal(Random random, int n, double mean) {
    return random.doubles(n).map(u -> mean + random.nextGaussian()).toArray();
  }

  @Test
  void area_isTheShareOfPairsInOrder() {
    Random random = new Random(4);
    double[] inside = random.ints(60, 0, 8).asDoubleStream().toArray();
    double[] outside = random.ints(40, 2, 10).asDoubleStream().toArray();
    double pairs = 0;
    for (double a : inside) {
      for (double b : outside) {
        pairs += b > a ? 1 : b == a ? 0.5 : 0;
      }
    }
    assertEquals(pairs / (60 * 40), RocArea.of(inside, outside).area(), 1e-12);
  }

  /** Two normal distributions one deviation apart: Φ(1/√2). */
  @Test
  void area_ofTwoNormals_isTheClosedForm() {
    Random random = new Random(5);
    RocArea roc = RocArea.of(normal(random, 20_000, 0), normal(random, 20_000, 1));
    double expected = new NormalDistribution().cumulativeProbability(1 / Math.sqrt(2));
    assertEquals(expected, roc.area(), 4 * roc.deviation());
    assertTrue(roc.deviation() < 0.003);
  }

  /** The interval holds the truth about 95 times of 100. */
  @Test
  void interval_holdsTheTruthAsOftenAsItSays() {
    Random random = new Random(6);
    double truth = new NormalDistribution().cumulativeProbability(1 / Math.sqrt(2));
    int held = 0;
    for (int i = 0; i < 1000; i++) {
      RocArea roc = RocArea.of(normal(random, 80, 0), normal(random, 60, 1));
      held += roc.low() <= truth && truth <= roc.high() ? 1 : 0;
    }
    assertEquals(950, held, 4 * Math.sqrt(1000 * 0.95 * 0.05), "binomial, four deviations");
  }

  @Test
  void tooFewOrNoNumbers_areRefused() {
    double[] two = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> RocArea.of(new double[1], two));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> RocArea.of(two, new double[] {1, Double.NaN}))
            .getMessage();
    assertEquals("outside must hold numbers, but holds NaN", message);
  }
}
