package condgen.data;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanarDataTest {

  private static final int N = 20_000;

  private interface Cloud extends BiFunction<Seeds, Integer, NDArray> {}

  private static Arguments cloud(String name, Cloud cloud) {
    return Arguments.of(name, cloud);
  }

  static Stream<Arguments> clouds() {
    return Stream.of(
        cloud("two moons", PlanarData::twoMoons),
        cloud("eight Gaussians", PlanarData::eightGaussians),
        cloud("pinwheel", PlanarData::pinwheel),
        cloud("checkerboard", PlanarData::checkerboard),
        cloud("rings", PlanarData::rings),
        cloud("Swiss roll", PlanarData::swissRoll));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clouds")
  void cloud_isReproducible_andLiesAroundTheOrigin(
      String name, BiFunction<Seeds, Integer, NDArray> cloud) {
    try (Scope scope = Scope.open()) {
      NDArray x = cloud.apply(Seeds.of(1), N);
      condgen.tensor.Arguments.requireShape(x, name, N, 2);
      double[] values = Tensors.toDoubles(x);
      assertArrayEquals(
          Stream.iterate(0, i -> i + 1).limit(10).mapToDouble(i -> values[i]).toArray(),
          Tensors.toDoubles(cloud.apply(Seeds.of(1), 5)));
      assertNotEquals(values[0], Tensors.toDoubles(cloud.apply(Seeds.of(2), 1))[0]);
      double[] mean = Tensors.toDoubles(x.mean(new int[] {0}));
      double[] square = Tensors.toDoubles(x.square().mean(new int[] {0}));
      for (int i = 0; i < 2; i++) {
        assertEquals(0, mean[i], 0.5, "mean " + i);
        assertTrue(square[i] > 0.5 && square[i] < 6, "mean square " + square[i]);
      }
      assertTrue(Stream.of(x.abs().max()).mapToDouble(Tensors::item).max().orElseThrow() < 5.5);
    }
  }

  @Test
  void checkerboard_fillsTheDarkSquaresEvenly() {
    double[] x = read(PlanarData.checkerboard(Seeds.of(3), N));
    int[][] count = new int[4][4];
    for (int i = 0; i < N; i++) {
      count[(int) Math.floor(x[2 * i] / 2) + 2][(int) Math.floor(x[2 * i + 1] / 2) + 2]++;
    }
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        double expected = (row + column) % 2 == 0 ? N / 8.0 : 0;
        assertEquals(expected, count[column][row], 5 * Math.sqrt(expected));
      }
    }
  }

  @Test
  void rings_lieAtFourRadii() {
    double[] x = read(PlanarData.rings(Seeds.of(3), N));
    int[] count = new int[5];
    for (int i = 0; i < N; i++) {
      double radius = Math.hypot(x[2 * i], x[2 * i + 1]) / 0.75;
      int nearest = (int) Math.round(radius);
      assertEquals(nearest, radius, 0.5);
      count[Math.min(nearest, 4)]++;
    }
    for (int ring = 1; ring <= 4; ring++) {
      assertEquals(N / 4.0, count[ring], 5 * Math.sqrt(N / 4.0), "ring " + ring);
    }
  }

  @Test
  void eightGaussians_areTheMixtureOfThatName() {
    try (Scope scope = Scope.open()) {
      NDArray x = PlanarData.eightGaussians(Seeds.of(3), N);
      GaussianMixture mixture = GaussianMixture.ring(8, 3, 0.3);
      double drawn = Tensors.item(mixture.logDensity(x).mean());
      double own = Tensors.item(mixture.logDensity(mixture.sample(Seeds.of(4), N)).mean());
      assertEquals(own, drawn, 5 * Math.sqrt(2.0 / N), "mean log density, deviation 1 a point");
    }
  }

  @Test
  void twoMoons_andSwissRoll_lieOnTheirCurves() {
    double[] moons = read(PlanarData.twoMoons(Seeds.of(3), N));
    double[] roll = read(PlanarData.swissRoll(Seeds.of(3), N));
    int far = 0;
    for (int i = 0; i < N; i++) {
      double x = moons[2 * i];
      double y = moons[2 * i + 1];
      double upper = Math.abs(Math.hypot(x + 1, y + 0.5) - 2);
      double lower = Math.abs(Math.hypot(x - 1, y - 0.5) - 2);
      far += Math.min(upper, lower) > 0.6 ? 1 : 0;
      far += distanceToSpiral(roll[2 * i], roll[2 * i + 1]) > 0.8 ? 1 : 0;
    }
    assertTrue(far < N / 100, far + " of " + 2 * N + " points lie off the curves by 3 deviations");
  }

  private static double distanceToSpiral(double x, double y) {
    double nearest = Double.POSITIVE_INFINITY;
    for (double angle = 1.5 * Math.PI; angle <= 4.5 * Math.PI; angle += 0.05) {
      double radius = angle / 4;
      nearest =
          Math.min(nearest, Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle)));
    }
    return nearest;
  }

  private static double[] read(NDArray x) {
    try (x) {
      return Tensors.toDoubles(x);
    }
  }
}
