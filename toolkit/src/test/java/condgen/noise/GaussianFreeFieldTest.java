package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The field's numbers, known beforehand, and the properties that every size and power shares. */
class GaussianFreeFieldTest {

  private static final GaussianFreeField FIELD = new GaussianFreeField(1);

  /** g_ij = (4i + j) / 10, as a batch of one. */
  private static NDArray ramp() {
    double[] values = new double[16];
    Arrays.setAll(values, p -> p / 10.0);
    return Tensors.of(values, new Shape(1, 4, 4));
  }

  @Test
  void fourByFour_hasTheKnownEigenvaluesAndLags() {
    double[][] lambda = FIELD.spectrum(4, 4).eigenvalues();
    double a = 1.8991097923;
    double b = 0.9495548961;
    double c = 0.4747774481;
    double d = 0.3798219585;
    double[][] expected = {{a, a, c, a}, {a, b, d, b}, {c, d, 0.2373887240, d}, {a, b, d, b}};
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(expected[i], lambda[i], 1e-10);
    }
    assertEquals(0.5265625, Math.pow(FIELD.rawDeviation(4, 4), 2), 1e-15);
    double[][] lags = FIELD.spectrum(4, 4).covarianceAtLags();
    double[] first = {1, 0.2937685460, -0.0445103858, 0.2937685460};
    assertArrayEquals(first, lags[0], 1e-10);
    assertArrayEquals(
        new double[] {first[1], 0.0741839763, -0.0860534125, 0.0741839763}, lags[1], 1e-10);
    assertEquals(-0.1394658754, lags[2][2], 1e-10);
  }

  @Test
  void fourByFour_hasTheKnownRootAndDensity() {
    assertEquals(-3.800206699874109, FIELD.logDeterminant(new Shape(4, 4)), 1e-12);
    try (Scope scope = Scope.open()) {
      double[] root = Tensors.toDoubles(FIELD.sqrt(ramp()));
      double[] expected = {0.1722602406, 0.2411643369, 0.4478766257, 0.5167807219};
      assertArrayEquals(expected, Arrays.copyOf(root, 4), 1e-10);
      assertEquals(1.894862647, root[15], 1e-9);
      double[] unit = new double[16];
      unit[0] = 1;
      NDArray pixel = Tensors.of(unit, new Shape(1, 4, 4));
      double[] response = Tensors.toDoubles(FIELD.sqrt(pixel));
      assertEquals(0.9449193297, response[0], 1e-10);
      assertEquals(-0.0522701192, response[10], 1e-10);
    }
  }

  @Test
  void logDensity_ofTheForwardProcess_isTheKnownOne() {
    ForwardProcess process = new ForwardProcess(NoiseSchedule.of(0.6, 0.375), FIELD);
    double s = Math.sqrt(1 - process.schedule().alphaBar(2));
    try (Scope scope = Scope.open()) {
      NDArray g = ramp().mul(s);
      NDArray zero = Tensors.zerosLike(g);
      double found = Tensors.item(process.logDensity(zero, g, 2)) + 16 * Math.log(s);
      assertEquals(-16.60469443133771, found, 1e-11);
    }
  }

  @Test
  void thirtyTwo_hasTheKnownNumbers() {
    double[][] lambda = FIELD.spectrum(32, 32).eigenvalues();
    double[] flat = Arrays.stream(lambda).flatMapToDouble(Arrays::stream).toArray();
    assertEquals(0.09219294062451185, Arrays.stream(flat).min().orElseThrow(), 1e-14);
    assertEquals(47.202785599750065, Arrays.stream(flat).max().orElseThrow(), 1e-11);
    assertEquals(1, Arrays.stream(flat).average().orElseThrow(), 1e-13);
    assertEquals(15.2676137453, Arrays.stream(flat).map(l -> l * l).average().orElseThrow(), 1e-10);
    assertEquals(0.0211851904, Math.pow(FIELD.rawDeviation(32, 32), 2), 1e-10);
    assertEquals(-981.2481885907746, FIELD.logDeterminant(new Shape(32, 32)), 1e-9);
    assertEquals(3 * -981.2481885907746, FIELD.logDeterminant(new Shape(3, 32, 32)), 1e-8);
    assertEquals(0.6835141239, FIELD.spectrum(32, 32).covarianceAtLags()[0][1], 1e-10);
  }

  @ParameterizedTest
  @Equation("6.5.3-sec")
  @CsvSource({
    "0, 0",
    ".25, .1288",
    ".5, .2937",
    ".75, .4897",
    "1, .6835",
    "1.25, .8300",
    "1.5, .9148",
    "2, .9743",
    "3, .9898"
  })
  void correlationOfNeighbours_growsWithGamma(double gamma, double expected) {
    double[][] lags = new GaussianFreeField(gamma).spectrum(32, 32).covarianceAtLags();
    assertEquals(1, lags[0][0], 1e-12);
    assertEquals(expected, lags[0][1], 6e-5);
    assertEquals(lags[0][1], lags[1][0], 1e-14);
    double lower = new GaussianFreeField(gamma * 0.9).spectrum(32, 32).covarianceAtLags()[0][1];
    assertTrue(gamma == 0 || lower < lags[0][1]);
  }

  @Test
  @Equation({"6.5.3-sec", "6.1-text"})
  void gamma_isThePowerOfTheAmplitude_withTheKnownConditionNumbers() {
    double[][] root = DenseField.power(FIELD.spectrum(32, 32).eigenvalues(), 0.5);
    double one = root[0][1];
    for (int i = 0; i < 32; i++) {
      for (int j = i == 0 ? 1 : 0; j < 32; j++) {
        double f = Math.hypot(Math.min(i, 32 - i), Math.min(j, 32 - j));
        assertEquals(one / f, root[i][j], 1e-12 * one);
      }
    }
    double[] condition = {512, 512.0 * 512, 512.0 * 512 * 512};
    for (int gamma = 1; gamma <= 3; gamma++) {
      double[][] lambda = new GaussianFreeField(gamma).spectrum(32, 32).eigenvalues();
      assertEquals(
          condition[gamma - 1], lambda[0][0] / lambda[16][16], 1e-6 * condition[gamma - 1]);
    }
  }

  @Test
  @Equation("6.5.3-sec")
  void gammaZero_isWhiteNoise() {
    GaussianFreeField white = new GaussianFreeField(0);
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(0, new Shape(2, 8, 8), DataType.FLOAT64);
      double[] same = Tensors.toDoubles(x);
      assertArrayEquals(same, Tensors.toDoubles(white.sqrt(x)), 1e-15);
      assertArrayEquals(same, Tensors.toDoubles(white.precision(x)), 1e-15);
      assertEquals(0, white.logDeterminant(new Shape(8, 8)), 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 1", "9, 1, 1", "2, 3, 1", "1, 1, 2", "28, 28, 1", "13, 32, 0.7"})
  void operators_belongTogether_inAnySize(int h, int w, double gamma) {
    GaussianFreeField field = new GaussianFreeField(gamma);
    double most = field.spectrum(h, w).eigenvalues()[0][0];
    try (Scope scope = Scope.open()) {
      for (Shape shape : new Shape[] {new Shape(2, 3, h, w), new Shape(2, 3, 2, h, w)}) {
        NDArray x = Seeds.of(2).normal(0, shape, DataType.FLOAT64);
        NDArray covariance = field.covariance(x);
        assertEquals(shape, covariance.getShape());
        assertClose(covariance, field.sqrt(field.sqrt(x)), 1e-13 * most);
        assertClose(x, field.precision(covariance), 1e-12 * most);
        assertClose(x, field.inverseSqrt(field.sqrt(x)), 1e-13 * most);
        assertClose(field.inverseSqrt(field.inverseSqrt(x)), field.precision(x), 1e-12 * most);
      }
    }
    assertEquals(1, field.spectrum(h, w).covarianceAtLags()[0][0], 1e-13);
  }

  private static void assertClose(NDArray expected, NDArray found, double tolerance) {
    assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(found), tolerance);
  }

  @Test
  void lowestWave_ofAnOblongImage_hasWaveNumberOne() {
    double[][] kappa = GaussianFreeField.waveNumbers(4, 8);
    assertEquals(1, kappa[0][0], 0);
    assertEquals(1, kappa[0][1], 1e-15);
    assertEquals(2, kappa[1][0], 1e-15);
    assertEquals(1, kappa[0][7], 1e-15);
    assertEquals(Math.hypot(4, 4), kappa[2][4], 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 256})
  void roundTrip_isExactToRounding(int n) {
    try (Scope scope = Scope.open()) {
      NDArray z = Seeds.of(3).normal(0, new Shape(4, 3, n, n));
      NDArray back = FIELD.inverseSqrt(FIELD.sqrt(z));
      assertEquals(DataType.FLOAT32, back.getDataType());
      assertEquals(0, Tensors.item(back.sub(z).abs().max()), 1e-5);
      NDArray wide = z.get("0:1").toType(DataType.FLOAT64, false);
      NDArray wideBack = FIELD.inverseSqrt(FIELD.sqrt(wide));
      assertEquals(0, Tensors.item(wideBack.sub(wide).abs().max()), 1e-13);
    }
  }

  @Test
  void meanOfASample_hasTheVarianceOfTheConstantWave() {
    double share = FIELD.spectrum(32, 32).eigenvalues()[0][0] / 1024;
    assertEquals(0.0461, share, 5e-5);
    int n = 4000;
    try (Scope scope = Scope.open()) {
      NDArray x = FIELD.sqrt(Seeds.of(5).normal(0, new Shape(n, 32, 32))).reshape(n, 1024);
      double[] mean = Tensors.toDoubles(x.mean(new int[] {1}));
      double ofMean = Arrays.stream(mean).map(m -> m * m).average().orElseThrow();
      assertEquals(share, ofMean, 4 * share * Math.sqrt(2.0 / n));
      double[] pixel = Tensors.toDoubles(x.square().mean(new int[] {0}));
      double whole = Arrays.stream(pixel).average().orElseThrow();
      double spread = 4 * Math.sqrt(2 * 15.2676137453 / 1024 / n);
      assertEquals(1, whole, spread);
      assertEquals(1 - share, whole - ofMean, spread + 4 * share * Math.sqrt(2.0 / n));
    }
  }

  @Test
  void zeroMeanField_samplesWithoutAMean_butRefusesInverseAndDensity() {
    StationaryNoise zero = GaussianFreeField.zeroMean(1);
    assertEquals(0, zero.spectrum(8, 8).eigenvalues()[0][0]);
    assertEquals(1, zero.spectrum(8, 8).covarianceAtLags()[0][0], 1e-14);
    Shape sample = new Shape(2, 8, 8);
    try (Scope scope = Scope.open()) {
      NDArray x = zero.sample(Seeds.of(1), 0, sample, 5);
      assertEquals(0, Tensors.item(x.reshape(10, 64).mean(new int[] {1}).abs().max()), 1e-6);
      assertTrue(Tensors.item(x.square().mean()) > 0.5);
      NDArray z = Seeds.of(1).normal(0, new Shape(1, 8, 8), DataType.FLOAT64);
      assertClose(zero.covariance(z), zero.sqrt(zero.sqrt(z)), 1e-13);
      assertRefusesInverse(() -> zero.inverseSqrt(x));
      assertRefusesInverse(() -> zero.precision(x));
      assertRefusesInverse(() -> zero.logDeterminant(sample));
    }
    assertThrows(IllegalArgumentException.class, () -> zero.spectrum(1, 1));
    assertThrows(IllegalArgumentException.class, () -> GaussianFreeField.zeroMean(-1));
  }

  private static void assertRefusesInverse(org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(UnsupportedOperationException.class, call).getMessage();
    assertTrue(message.contains("no inverse and no density"), message);
  }

  @Test
  void samplesOfAStep_doNotDependOnTheCount_andLeaveNoMemory() {
    Shape sample = new Shape(3, 8, 8);
    int before = Devices.liveArrays();
    for (int i = 0; i < 5; i++) {
      Scope.run(
          () -> {
            double[] few = Tensors.toDoubles(FIELD.sample(Seeds.of(4), 9, sample, 2));
            double[] many = Tensors.toDoubles(FIELD.sample(Seeds.of(4), 9, sample, 5));
            assertArrayEquals(few, Arrays.copyOf(many, few.length), 1e-6);
          });
    }
    assertEquals(before, Devices.liveArrays());
  }

  @Test
  void whatIsNoField_isRefused() {
    for (double gamma : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused("gamma must be finite", () -> new GaussianFreeField(gamma));
    }
    assertRefused("height must be at least 1", () -> FIELD.spectrum(0, 4));
    assertRefused("width must be at least 1", () -> FIELD.spectrum(4, -1));
    assertRefused(
        "eigenvalues must be positive", () -> new GaussianFreeField(400).spectrum(32, 32));
    try (Scope scope = Scope.open()) {
      NDArray points = Tensors.ones(new Shape(512, 2));
      assertRefused("(batch, ..., height, width), but has (512, 2)", () -> FIELD.sqrt(points));
      assertRefused("(..., height, width), but has (2)", () -> FIELD.logDeterminant(new Shape(2)));
    }
  }

  private static void assertRefused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }
}
