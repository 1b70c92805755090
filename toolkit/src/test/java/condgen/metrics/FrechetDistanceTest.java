package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FrechetDistanceTest {

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static FeatureStatistics gaussian(double[] mean, double[][] covariance) {
    return FeatureStatistics.of(1000, mean, covariance);
  }

  private static NDArray points(int n, int d, long step) {
    return Seeds.of(5).normal(step, new Shape(n, d), DataType.FLOAT64);
  }

  @Test
  void between_inOneDimension_isByHand() {
    FeatureStatistics a = gaussian(new double[] {1}, new double[][] {{4}});
    FeatureStatistics b = gaussian(new double[] {-2}, new double[][] {{0.25}});
    assertEquals(9 + 1.5 * 1.5, FrechetDistance.between(a, b), 1e-12);
  }

  /** In two dimensions tr √M = √(tr M + 2 √det M). */
  @Test
  void between_inTwoDimensions_isTheClosedForm() {
    double[][] a = {{2, 0.6}, {0.6, 1}};
    double[][] b = {{1, -0.3}, {-0.3, 0.5}};
    double trace = 2 * 1 + 0.6 * -0.3 + 0.6 * -0.3 + 1 * 0.5;
    double determinant = (2 * 1 - 0.36) * (0.5 - 0.09);
    double expected = 0.5 * 0.5 + 3 + 1.5 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant));
    double came =
        FrechetDistance.between(
            gaussian(new double[] {0.5, 0}, a), gaussian(new double[] {0, 0}, b));
    assertEquals(expected, came, 1e-12);
  }

  /** Few samples: covariances of rank 3 in 12 dimensions, in spans that share one direction. */
  @Test
  void between_singularCovariances_isThatOfTheSubspace() {
    double[][] a = new double[12][12];
    double[][] b = new double[12][12];
    a[0][0] = 4;
    a[1][1] = 1;
    b[1][1] = 9;
    b[2][2] = 2;
    double came = FrechetDistance.between(gaussian(new double[12], a), gaussian(new double[12], b));
    assertEquals(4 + 1 + 9 + 2 - 2 * 3, came, 1e-12);
  }

  /**
   * With n samples in d > n dimensions, tr √(Σ₁Σ₂) is the sum of the singular values of X₁X₂ᵀ/(n −
   * 1); for n = 2 that is one number.
   */
  @Test
  void between_fewerSamplesThanDimensions_isRight() {
    NDArray x = points(2, 20, 1);
    NDArray y = points(2, 20, 2);
    NDArray dx = x.get("0").sub(x.get("1"));
    NDArray dy = y.get("0").sub(y.get("1"));
    double gap = square(x.mean(new int[] {0}).sub(y.mean(new int[] {0})));
    double shared = Math.abs(Tensors.item(dx.mul(dy).sum())) / 2;
    double expected = gap + square(dx) / 2 + square(dy) / 2 - 2 * shared;
    assertEquals(expected, FrechetDistance.between(x, y), 1e-10);
    assertEquals(0, FrechetDistance.between(x, x), 1e-10);
    assertEquals(0, FrechetDistance.between(x.zerosLike(), x.zerosLike()), 0);
  }

  /** 60 samples in 128 dimensions: one set against itself moved and doubled. */
  @Test
  void between_rankDeficientSets_isByHand() {
    NDArray x = points(60, 128, 10);
    double trace = 0;
    double[][] covariance = FeatureStatistics.of(x).covariance();
    for (int i = 0; i < 128; i++) {
      trace += covariance[i][i];
    }
    assertEquals(128 * 0.25, FrechetDistance.between(x, x.add(0.5)), 1e-9);
    double gap = square(x.mean(new int[] {0}));
    assertEquals(gap + trace, FrechetDistance.between(x, x.mul(2)), 1e-9 * trace);
  }

  private static double square(NDArray x) {
    return Tensors.item(x.square().sum());
  }

  /** Scaling all features by c scales the distance by c². */
  @Test
  void between_scaledFeatures_scalesByTheSquare() {
    NDArray x = points(40, 6, 3);
    NDArray y = points(50, 6, 4).add(0.3);
    double distance = FrechetDistance.between(x, y);
    assertTrue(distance > 0.1);
    for (double c : new double[] {1e-6, 1e6}) {
      double scaled = FrechetDistance.between(x.mul(c), y.mul(c));
      assertEquals(1, scaled / (c * c) / distance, 1e-9);
    }
  }

  @Test
  void plus_ofParts_isTheWhole() {
    NDArray x = points(30, 4, 6).add(100);
    FeatureStatistics whole = FeatureStatistics.of(x);
    FeatureStatistics parts =
        FeatureStatistics.of(x.get("0:1"))
            .plus(FeatureStatistics.of(x.get("1:12")))
            .plus(FeatureStatistics.of(x.get("12:30")));
    assertEquals(30, parts.count());
    assertArrayEquals(whole.mean(), parts.mean(), 1e-12);
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(whole.covariance()[i], parts.covariance()[i], 1e-12);
    }
  }

  @Test
  void of_badInput_isRefused() {
    NDArray nan = Tensors.of(0.0, Double.NaN, 1.0, 2.0).reshape(2, 2);
    refuses("features must be finite", () -> FeatureStatistics.of(nan));
    refuses("(any, any)", () -> FeatureStatistics.of(Tensors.of(1, 2)));
    refuses("at least one row", () -> FeatureStatistics.of(Tensors.zeros(new Shape(0, 3))));
    FeatureStatistics one = FeatureStatistics.of(points(1, 3, 7));
    FeatureStatistics two = FeatureStatistics.of(points(5, 3, 8));
    refuses("at least 2 samples", () -> FrechetDistance.between(one, two));
    FeatureStatistics other = FeatureStatistics.of(points(5, 4, 9));
    refuses("3 and 4", () -> FrechetDistance.between(two, other));
    refuses("row 0 is not", () -> gaussian(new double[] {0}, new double[][] {{Double.NaN}}));
    refuses(
        "",
        () ->
            FrechetDistance.between(
                gaussian(new double[2], new double[][] {{1, 0}, {0, -1}}),
                gaussian(new double[2], new double[][] {{1, 0}, {0, 1}})));
    refuses("2 x 2", () -> gaussian(new double[] {0, 0}, new double[][] {{1}}));
  }

  /** A network of constants, which says that it has three features. */
  private record Zeros(int columns) implements FeatureNetwork {
    @Override
    public NDArray features(NDArray images) {
      return Tensors.zeros(new Shape(images.getShape().get(0), columns));
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public String name() {
      return "zeros";
    }

    @Override
    public String sha256() {
      return "0";
    }
  }

  @Test
  void of_imagesOrFeaturesThatDoNotFit_isRefused() {
    NDArray images = Tensors.zeros(new Shape(5, 1, 2, 2));
    assertEquals(5, FeatureStatistics.of(new Zeros(3), images, 2).count());
    refuses("features of zeros", () -> FeatureStatistics.of(new Zeros(4), images, 2));
    NDArray none = Tensors.zeros(new Shape(0, 1, 2, 2));
    refuses("at least 1 row", () -> FeatureStatistics.of(new Zeros(3), none, 2));
    refuses("batch", () -> FeatureStatistics.of(new Zeros(3), images, 0));
  }

  private static void refuses(String message, Executable call) {
    String came = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(came.contains(message), came);
  }
}
