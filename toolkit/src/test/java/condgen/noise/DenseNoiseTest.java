package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class DenseNoiseTest {

  @Test
  void operators_areThoseOfTheHandMadePair() {
    DenseNoise dense = new DenseNoise(new double[][] {{1, 0.6}, {0.6, 1}});
    CorrelatedPair pair = new CorrelatedPair();
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(0, new Shape(5, 2), DataType.FLOAT64);
      requireEqual(pair.sqrt(x), dense.sqrt(x));
      requireEqual(pair.inverseSqrt(x), dense.inverseSqrt(x));
      requireEqual(pair.covariance(x), dense.covariance(x));
      requireEqual(pair.precision(x), dense.precision(x));
      assertEquals(Math.log(0.64), dense.logDeterminant(new Shape(2)), 1e-14);
      assertArrayEquals(new double[] {1.6, 0.4}, dense.eigenvalues(), 1e-14);
    }
  }

  @Test
  void operators_ofARandomCovariance_belongTogether_andKeepShapeAndType() {
    try (Scope scope = Scope.open()) {
      NDArray factor = Seeds.of(2).normal(0, new Shape(6, 9), DataType.FLOAT64);
      NDArray sigma = factor.matMul(factor.transpose());
      DenseNoise noise = DenseNoise.of(sigma);
      NDArray x = Seeds.of(2).normal(1, new Shape(4, 2, 3), DataType.FLOAT64);
      requireEqual(x.reshape(4, 6).matMul(sigma).reshape(4, 2, 3), noise.covariance(x));
      requireEqual(noise.covariance(x), noise.sqrt(noise.sqrt(x)));
      requireEqual(x, noise.precision(noise.covariance(x)));
      requireEqual(x, noise.inverseSqrt(noise.sqrt(x)));
      double volume = 0;
      for (double lambda : noise.eigenvalues()) {
        volume += Math.log(lambda);
      }
      assertEquals(volume, noise.logDeterminant(new Shape(2, 3)), 1e-12);
      assertEquals(volume, Math.log(determinant(Tensors.toDoubles(sigma), 6)), 1e-10);
      NDArray single = x.toType(DataType.FLOAT32, false);
      assertEquals(DataType.FLOAT32, noise.sqrt(single).getDataType());
      assertArrayEquals(
          Tensors.toDoubles(noise.sqrt(x)), Tensors.toDoubles(noise.sqrt(single)), 1e-4);
    }
  }

  /** By elimination, which needs no eigenvalue. */
  private static double determinant(double[] flat, int n) {
    double[] a = flat.clone();
    double product = 1;
    for (int k = 0; k < n; k++) {
      product *= a[k * n + k];
      for (int i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / a[k * n + k];
        for (int j = k; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
        }
      }
    }
    return product;
  }

  @Test
  void matrixThatIsNoCovariance_isRefused() {
    assertRefused("square", new double[][] {{1, 0}});
    assertRefused("empty", new double[0][0]);
    assertRefused("finite", new double[][] {{Double.NaN}});
    assertRefused("symmetric, but holds 0.1 at (1, 0)", new double[][] {{1, 0.2}, {0.1, 1}});
    assertRefused("positive definite", new double[][] {{1, 2}, {2, 1}});
    assertRefused("positive definite", new double[][] {{1, 1}, {1, 1}});
    DenseNoise noise = new DenseNoise(new double[][] {{2}});
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.zeros(new Shape(3, 2));
      assertThrows(IllegalArgumentException.class, () -> noise.sqrt(x));
    }
    assertThrows(IllegalArgumentException.class, () -> noise.logDeterminant(new Shape(2)));
  }

  private static void assertRefused(String words, double[][] covariance) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new DenseNoise(covariance));
    assertTrue(error.getMessage().contains(words), error.getMessage());
  }

  private static void requireEqual(NDArray expected, NDArray found) {
    assertEquals(expected.getShape(), found.getShape());
    assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(found), 1e-11);
  }
}
