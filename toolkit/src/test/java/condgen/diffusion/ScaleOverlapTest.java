package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.GaussianFreeField;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Section 6.3.11. */
class ScaleOverlapTest {

  private static final ScaleOverlap CIFAR = new ScaleOverlap(3072);

  @Test
  @Equation("6.3.11-sec-a")
  void share_isTheFormula_andNearlyThatOfRadii() {
    NormalDistribution phi = new NormalDistribution();
    double root = Math.sqrt(2 * 3072);
    for (double g : new double[] {1, 1.01, 1.0376, 1.1}) {
      double upper = phi.cumulativeProbability(root * (g - 1) + 3 * g);
      double lower = phi.cumulativeProbability(root * (g - 1) - 3 * g);
      assertEquals(upper - lower, CIFAR.share(g), 1e-12);
    }
    assertEquals(0.56575, CIFAR.share(1.0376), 5e-6);
    int n = 200_000;
    double[] squares = new ChiSquaredDistribution(new Well19937c(3), 3072).sample(n);
    double centre = Math.sqrt(3072) * 1.0376;
    double three = 3 * 1.0376 / Math.sqrt(2);
    double found =
        DoubleStream.of(squares).map(Math::sqrt).filter(r -> Math.abs(r - centre) < three).count();
    assertEquals(0.563, found / n, 0.005, "radii are only nearly normal");
  }

  /** The printed numbers agree with each other; the share they have is 0.566, not one half. */
  @Test
  @Equation("6.3.11-sec-b")
  void levels_areThoseOfTheThesis_withItsGrowth_andFewerAtOneHalf() {
    assertEquals(1.0376, NoiseScales.geometric(207, 0.01, 20).growth(2), 5e-5);
    assertEquals(206.93, ScaleOverlap.levels(0.01, 20, 1.0376), 5e-3);
    assertEquals(231.75, ScaleOverlap.levels(0.01, 50, 1.0376), 5e-3);
    double growth = CIFAR.growth(0.5);
    assertEquals(1.0397964, growth, 1e-7);
    assertEquals(0.5, CIFAR.share(growth), 1e-10);
    assertEquals(195.8, ScaleOverlap.levels(0.01, 20, growth), 0.05);
    assertEquals(219.2, ScaleOverlap.levels(0.01, 50, growth), 0.1);
    NoiseScales half = CIFAR.scales(0.01, 20, 0.5);
    assertEquals(196, half.levels());
    assertTrue(half.growth(2) <= growth && half.growth(2) > 0.999 * growth);
    assertEquals(207, CIFAR.scales(0.01, 20, CIFAR.share(1.0376)).levels());
    assertEquals(232, CIFAR.scales(0.01, 50, CIFAR.share(1.0376)).levels());
    assertEquals(2, CIFAR.scales(1, 1.001, 0.5).levels());
  }

  @Test
  @Equation("6.3.11-sec-c")
  void radiusOfAField_variesFarMore_butItsWhitenedRadiusDoesNot() {
    try (Scope scope = Scope.open()) {
      int n = 1500;
      GaussianFreeField field = new GaussianFreeField(1);
      NDArray x = field.sample(Seeds.of(6), 0, new Shape(3, 32, 32), n);
      double mean = 0;
      for (int i = -16; i < 16; i++) {
        for (int j = -16; j < 16; j++) {
          mean += i == 0 && j == 0 ? 1.0 / 1024 : 1.0 / (i * i + j * j) / 1024;
        }
      }
      double squares = 0;
      for (int i = -16; i < 16; i++) {
        for (int j = -16; j < 16; j++) {
          double k2 = i == 0 && j == 0 ? 1 : i * i + j * j;
          squares += 1 / (k2 * k2 * mean * mean) / 1024;
        }
      }
      assertEquals(15.27, squares, 5e-3);
      double bar = 4 * Math.sqrt(2.0 / n);
      assertEquals(7.63, squares / 2, 5e-3);
      assertEquals(squares / 2, varianceOfRadius(x), 1.5 * bar * squares / 2);
      assertEquals(0.5, varianceOfRadius(field.inverseSqrt(x)), 0.5 * bar);
    }
  }

  private static double varianceOfRadius(NDArray x) {
    double[] squares =
        Tensors.toDoubles(x.reshape(x.getShape().get(0), -1).square().sum(new int[] {1}));
    double mean = DoubleStream.of(squares).map(Math::sqrt).average().orElseThrow();
    return DoubleStream.of(squares)
        .map(s -> Math.pow(Math.sqrt(s) - mean, 2))
        .average()
        .orElseThrow();
  }

  @Test
  void badNumbers_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ScaleOverlap(0));
    assertThrows(IllegalArgumentException.class, () -> CIFAR.share(0.9));
    assertThrows(IllegalArgumentException.class, () -> CIFAR.growth(0));
    assertThrows(IllegalArgumentException.class, () -> CIFAR.growth(0.9999));
    assertThrows(IllegalArgumentException.class, () -> ScaleOverlap.levels(1, 0.5, 1.1));
    double infinite = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> ScaleOverlap.levels(1, infinite, 1.1));
    assertThrows(IllegalArgumentException.class, () -> CIFAR.scales(1, infinite, 0.5));
    String equal =
        assertThrows(IllegalArgumentException.class, () -> ScaleOverlap.levels(1, 2, 1))
            .getMessage();
    assertTrue(equal.contains("growth must be above 1"), equal);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new ScaleOverlap(2).growth(0.5));
    assertTrue(error.getMessage().contains("at any growth"), error.getMessage());
  }
}
