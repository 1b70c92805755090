package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Gradients;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpectrumTest {

  /** The five fields whose properties are known from dense matrices. */
  @ParameterizedTest
  @CsvSource({"8, 8, 1", "8, 8, 0", "7, 7, 1", "6, 8, 1.5", "8, 8, 2"})
  void operators_areTheDenseMatrices(int h, int w, double gamma) {
    Spectrum noise = new GaussianFreeField(gamma).spectrum(h, w);
    double[][] lambda = noise.eigenvalues();
    RealMatrix one = MatrixUtils.createRealIdentityMatrix(h * w);
    assertEquals(0, DenseField.largestImaginary(DenseField.complexOperator(lambda)), 1e-13);
    RealMatrix dense = DenseField.operator(lambda);
    RealMatrix denseRoot = DenseField.operator(DenseField.power(lambda, 0.5));
    try (Scope scope = Scope.open()) {
      RealMatrix sigma = DenseField.columns(noise::covariance, h, w);
      RealMatrix root = DenseField.columns(noise::sqrt, h, w);
      RealMatrix inverse = DenseField.columns(noise::precision, h, w);
      RealMatrix inverseRoot = DenseField.columns(noise::inverseSqrt, h, w);
      assertClose(dense, sigma, 1e-13);
      assertClose(denseRoot, root, 1e-13);
      for (int p = 0; p < h * w; p++) {
        assertEquals(1, sigma.getEntry(p, p), 1e-15 * 4);
      }
      assertClose(sigma.transpose(), sigma, 2e-15);
      assertClose(root.transpose(), root, 2e-15);
      assertClose(sigma, root.multiply(root), 5e-15);
      assertClose(one, sigma.multiply(inverse), 5e-13);
      assertClose(one, root.multiply(inverseRoot), 5e-14);
      double volume = Math.log(new LUDecomposition(sigma).getDeterminant());
      assertEquals(volume, noise.logDeterminant(new Shape(h, w)), 1e-11);
      if (gamma == 0) {
        assertClose(one, sigma, 1e-15);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 1", "7, 7, 1", "6, 8, 1.5"})
  void logDensity_isTheDenseFormula_andTheChangeOfVariables(int h, int w, double gamma) {
    Spectrum noise = new GaussianFreeField(gamma).spectrum(h, w);
    int n = h * w;
    try (Scope scope = Scope.open()) {
      NDArray z = Seeds.of(6).normal(0, new Shape(1, h, w), DataType.FLOAT64);
      NDArray g = noise.sqrt(z);
      RealMatrix sigma = DenseField.operator(noise.eigenvalues());
      double[] flat = Tensors.toDoubles(g);
      LUDecomposition parts = new LUDecomposition(sigma);
      double square = 0;
      double[] solved = parts.getSolver().solve(MatrixUtils.createRealVector(flat)).toArray();
      for (int p = 0; p < n; p++) {
        square += flat[p] * solved[p];
      }
      double dense = -0.5 * (n * Math.log(2 * Math.PI) + Math.log(parts.getDeterminant()) + square);
      double whitened = Tensors.item(noise.inverseSqrt(g).square().sum());
      double logDet = noise.logDeterminant(new Shape(h, w));
      double found = -0.5 * (n * Math.log(2 * Math.PI) + logDet + whitened);
      assertEquals(dense, found, 1e-10);
      double ofWhite =
          -0.5 * (n * Math.log(2 * Math.PI) + Tensors.item(z.square().sum())) - logDet / 2;
      assertEquals(ofWhite, found, 1e-11);
    }
  }

  @Test
  void root_isTheConvolutionWithItsOwnImpulse() {
    int h = 6;
    int w = 8;
    double[][] lambda = new GaussianFreeField(1.5).spectrum(h, w).eigenvalues();
    double[][] kernel = Spectrum.of(DenseField.power(lambda, 0.5)).covarianceAtLags();
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(7).normal(0, new Shape(1, h, w), DataType.FLOAT64);
      double[] in = Tensors.toDoubles(x);
      double[] found = Tensors.toDoubles(Spectrum.of(lambda).sqrt(x));
      for (int p = 0; p < h * w; p++) {
        double sum = 0;
        for (int q = 0; q < h * w; q++) {
          int a = Math.floorMod(p / w - q / w, h);
          int b = Math.floorMod(p % w - q % w, w);
          sum += kernel[a][b] * in[q];
        }
        assertEquals(sum, found[p], 2e-14);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 7", "1, 6", "8, 3"})
  void covarianceAtLags_comeBackAsTheSameSpectrum(int h, int w) {
    Spectrum noise = new GaussianFreeField(1.2).spectrum(h, w);
    Spectrum back = Spectrum.ofCovariance(noise.covarianceAtLags());
    for (int i = 0; i < h; i++) {
      assertArrayEquals(noise.eigenvalues()[i], back.eigenvalues()[i], 1e-13);
    }
    RealMatrix sigma = DenseField.operator(noise.eigenvalues());
    double[] first = sigma.getRow(0);
    double[][] lags = noise.covarianceAtLags();
    for (int p = 0; p < h * w; p++) {
      assertEquals(first[p], lags[p / w][p % w], 1e-14);
    }
  }

  @Test
  void spectrumOfOtherNoises_isTheirs() {
    double[][] kernel = {{2, 0.5, 0, 0.5}};
    double[] lambda = Spectrum.ofCovariance(kernel).eigenvalues()[0];
    assertArrayEquals(new double[] {3, 2, 1, 2}, lambda, 1e-14);
    Spectrum white = Spectrum.of(new double[][] {{4, 4, 4}, {4, 4, 4}});
    assertEquals(6 * Math.log(4), white.logDeterminant(new Shape(2, 3)), 1e-13);
    assertEquals("Spectrum of 2 x 3 pixels, λ from 4 to 4", white.toString().replace(".000", ""));
  }

  static Stream<UnaryOperator<NDArray>> operators() {
    Spectrum noise = new GaussianFreeField(1).spectrum(5, 6);
    return Stream.of(noise::sqrt, noise::inverseSqrt, noise::covariance, noise::precision);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void gradient_isTheSymmetricOperatorItself(UnaryOperator<NDArray> operator) {
    try (Scope scope = Scope.open()) {
      Shape shape = new Shape(2, 3, 5, 6);
      NDArray x = Seeds.of(8).normal(0, shape, DataType.FLOAT64);
      NDArray e = Seeds.of(8).normal(1, shape, DataType.FLOAT64);
      NDArray product =
          Gradients.vjp(l -> new NDList(operator.apply(l.get(0))), new NDList(x), new NDList(e))
              .products()
              .get(0);
      double[] expected = Tensors.toDoubles(operator.apply(e));
      assertArrayEquals(expected, Tensors.toDoubles(product), 1e-12);
      double left = Tensors.item(e.mul(operator.apply(x)).sum());
      double right = Tensors.item(operator.apply(e).mul(x).sum());
      assertEquals(left, right, 1e-10);
    }
  }

  @Test
  void gradientOfTheLogDensity_isTheScore() {
    GaussianNoise field = new GaussianFreeField(1);
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(9).normal(0, new Shape(1, 4, 4), DataType.FLOAT64);
      NDArray gradient =
          Gradients.valueAndGrad(
                  new NDList(x), l -> field.inverseSqrt(l.get(0)).square().sum().mul(-0.5))
              .gradients()
              .get(0);
      double[] score = Tensors.toDoubles(field.precision(x).neg());
      assertArrayEquals(score, Tensors.toDoubles(gradient), 1e-12);
      double h = 1e-5;
      NDArray e = Seeds.of(9).normal(1, new Shape(1, 4, 4), DataType.FLOAT64);
      double up = logUpToConstant(field, x.add(e.mul(h)));
      double down = logUpToConstant(field, x.sub(e.mul(h)));
      double along = Tensors.item(field.precision(x).neg().mul(e).sum());
      assertEquals(along, (up - down) / (2 * h), 1e-6);
    }
  }

  private static double logUpToConstant(GaussianNoise field, NDArray x) {
    return -0.5 * Tensors.item(x.mul(field.precision(x)).sum());
  }

  @Test
  void whatIsNoSpectrum_isRefused_sayingWhere() {
    assertRefused("eigenvalues must hold at least one", () -> Spectrum.of(new double[0][0]));
    assertRefused(
        "row 0 has 2 numbers and row 1 has 1", () -> Spectrum.of(new double[][] {{1, 1}, {1}}));
    assertRefused(
        "must be finite, but hold NaN at (0, 1)",
        () -> Spectrum.of(new double[][] {{1, Double.NaN}}));
    assertRefused(
        "must be positive, but hold -2.0 at (1, 0)", () -> Spectrum.of(new double[][] {{1}, {-2}}));
    assertRefused("must be positive, but hold 0.0", () -> Spectrum.of(new double[][] {{0, 1}}));
    assertRefused(
        "equal at (i, j) and (-i, -j), but hold 2.0 at (0, 1) and 3.0 at (0, 2)",
        () -> Spectrum.of(new double[][] {{1, 2, 3}}));
    assertRefused(
        "lags must be equal at (i, j)",
        () -> Spectrum.ofCovariance(new double[][] {{1, 0.2, 0.3}}));
    assertRefused(
        "eigenvalues of lags must be positive, but hold",
        () -> Spectrum.ofCovariance(new double[][] {{1, 0.9, 0, 0.9}}));
  }

  @Test
  void imagesOfAnotherSize_areRefused() {
    Spectrum noise = new GaussianFreeField(1).spectrum(4, 6);
    try (Scope scope = Scope.open()) {
      NDArray turned = Tensors.ones(new Shape(2, 6, 4));
      assertRefused("(batch, ..., 4, 6), but has (2, 6, 4)", () -> noise.sqrt(turned));
      NDArray single = Tensors.ones(new Shape(4, 6));
      assertRefused("(batch, ..., 4, 6), but has (4, 6)", () -> noise.precision(single));
      assertRefused("(..., 4, 6), but has (6, 4)", () -> noise.logDeterminant(new Shape(6, 4)));
    }
  }

  private static void assertRefused(String words, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static void assertClose(RealMatrix expected, RealMatrix found, double tolerance) {
    assertEquals(0, DenseField.distance(expected, found), tolerance);
  }
}
