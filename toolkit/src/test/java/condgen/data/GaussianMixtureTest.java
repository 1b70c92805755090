package condgen.data;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

  private static final GaussianMixture MIXTURE =
      new GaussianMixture(
          new double[] {1, 3}, new double[][] {{-1, 0.5}, {2, 1}}, new double[] {0.6, 1.1});

  private static NDArray points(int step) {
    return Seeds.of(3).normal(step, new Shape(7, 2), DataType.FLOAT64);
  }

  @Test
  void density_integratesToOne_andIsTheExponentialOfTheLogDensity() {
    double width = 0.1;
    double total = 0;
    for (int i = -80; i <= 80; i++) {
      for (int k = -80; k <= 80; k++) {
        total += MIXTURE.density(i * width, k * width) * width * width;
      }
    }
    assertEquals(1, total, 1e-6);
    try (Scope scope = Scope.open()) {
      NDArray x = points(1);
      double[] log = Tensors.toDoubles(MIXTURE.logDensity(x));
      double[] at = Tensors.toDoubles(x);
      for (int i = 0; i < 7; i++) {
        assertEquals(Math.log(MIXTURE.density(at[2 * i], at[2 * i + 1])), log[i], 1e-12);
      }
    }
  }

  @Test
  void score_isTheSlopeOfTheLogDensity_atAnyNoiseLevel() {
    try (Scope scope = Scope.open()) {
      NDArray x = points(1);
      GaussianMixture noised = MIXTURE.noised(0.7, 0.4);
      double[] score = Tensors.toDoubles(MIXTURE.score(x, 0.7, 0.4));
      double h = 1e-5;
      for (int i = 0; i < 2; i++) {
        NDArray d = Tensors.ofDoubles(i == 0 ? h : 0, i == 1 ? h : 0);
        double[] up = Tensors.toDoubles(noised.logDensity(x.add(d)));
        double[] down = Tensors.toDoubles(noised.logDensity(x.sub(d)));
        for (int k = 0; k < 7; k++) {
          assertEquals((up[k] - down[k]) / (2 * h), score[2 * k + i], 1e-8);
        }
      }
    }
  }

  @Test
  void productsWithTheJacobian_areDifferencesOfTheScore() {
    try (Scope scope = Scope.open()) {
      NDArray x = points(1);
      NDArray e = points(2);
      NDArray step = e.mul(1e-5);
      NDArray expected = MIXTURE.score(x.add(step)).sub(MIXTURE.score(x.sub(step))).div(2e-5);
      NDArray forward = Dual.jvp(MIXTURE::score, x, e).tangent();
      NDArray backward = Dual.vjp(MIXTURE::score, x, e).product();
      assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(forward), 1e-8);
      assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(backward), 1e-8);
    }
  }

  @Test
  void samples_haveMeanAndCovariance_alsoAfterNoise() {
    int n = 40_000;
    try (Scope scope = Scope.open()) {
      NDArray x = MIXTURE.sample(Seeds.of(5), n);
      NDArray noised = x.mul(0.7).add(Seeds.of(6).normal(0, x.getShape()).mul(Math.sqrt(0.4)));
      requireMoments(MIXTURE, x, n);
      requireMoments(MIXTURE.noised(0.7, 0.4), noised, n);
    }
  }

  private static void requireMoments(GaussianMixture mixture, NDArray x, int n) {
    NDArray mean = x.mean(new int[] {0}, true);
    NDArray centred = x.sub(mean);
    double[] covariance = Tensors.toDoubles(centred.transpose().matMul(centred).div(n));
    double[][] expected = mixture.covariance();
    double error = 5 * expected[0][0] * Math.sqrt(2.0 / n);
    assertArrayEquals(mixture.mean(), Tensors.toDoubles(mean), error);
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i / 2][i % 2], covariance[i], error);
    }
  }

  @Test
  void sample_doesNotDependOnTheCount() {
    try (Scope scope = Scope.open()) {
      double[] few = Tensors.toDoubles(MIXTURE.sample(Seeds.of(5), 3));
      double[] many = Tensors.toDoubles(MIXTURE.sample(Seeds.of(5), 50).get("0:3"));
      assertArrayEquals(few, many);
    }
  }

  @Test
  void onLine_andRing_areMixtures() {
    GaussianMixture line =
        GaussianMixture.onLine(new double[] {1, 1}, new double[] {-1, 3}, new double[] {1, 2});
    assertArrayEquals(new double[] {1}, line.mean(), 1e-15);
    assertEquals(4 + 2.5, line.covariance()[0][0], 1e-12);
    GaussianMixture ring = GaussianMixture.ring(8, 3, 0.5);
    assertArrayEquals(new double[2], ring.mean(), 1e-12);
    assertEquals(4.5 + 0.25, ring.covariance()[1][1], 1e-12);
  }

  @Test
  void whatDoesNotFit_isRefusedByName() {
    double[] one = {1};
    double[][] mean = {{0}};
    assertRefused("weights", () -> new GaussianMixture(new double[] {0}, mean, one));
    assertRefused("deviations", () -> new GaussianMixture(one, mean, new double[] {1, 1}));
    assertRefused("means", () -> new GaussianMixture(one, new double[][] {{Double.NaN}}, one));
    assertRefused("added variance", () -> MIXTURE.noised(1, -1));
    assertRefused("point", () -> MIXTURE.density(1));
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.zeros(new Shape(4, 3));
      assertRefused("x must have shape", () -> MIXTURE.score(x));
    }
  }

  private static void assertRefused(String words, Runnable call) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(error.getMessage().contains(words), error.getMessage());
  }
}
