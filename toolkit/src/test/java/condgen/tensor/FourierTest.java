package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierTest {

  /** m_ij = m_(−i, −j). */
  private static double[] even(int h, int w) {
    double[] m = new double[h * w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        double a = Math.cos(2 * Math.PI * i / h);
        double b = Math.cos(2 * Math.PI * j / w);
        m[i * w + j] = 2 + a + 0.5 * b + 0.3 * a * b;
      }
    }
    return m;
  }

  /** Re IFFT2(m FFT2(x)) as a sum over waves and pixels. */
  private static double[] bySums(double[] m, double[] x, int h, int w) {
    double[] y = new double[h * w];
    for (int p = 0; p < h * w; p++) {
      for (int q = 0; q < h * w; q++) {
        for (int k = 0; k < h * w; k++) {
          double turns =
              (double) (k / w) * (p / w - q / w) / h + (double) (k % w) * (p % w - q % w) / w;
          y[p] += m[k] * Math.cos(2 * Math.PI * turns) * x[q] / (h * w);
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "7, 7", "6, 5", "5, 6", "1, 7", "6, 1", "1, 2", "1, 1"})
  void multiply_isTheSumOverWaves_inBothTypes(int h, int w) {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(0, new Shape(h, w), DataType.FLOAT64);
      double[] expected = bySums(even(h, w), Tensors.toDoubles(x), h, w);
      NDArray y = Fourier.multiply(even(h, w), x);
      assertEquals(DataType.FLOAT64, y.getDataType());
      assertEquals(x.getShape(), y.getShape());
      assertArrayEquals(expected, Tensors.toDoubles(y), 1e-13);
      NDArray single = Fourier.multiply(even(h, w), x.toType(DataType.FLOAT32, false));
      assertEquals(DataType.FLOAT32, single.getDataType());
      assertArrayEquals(expected, Tensors.toDoubles(single), 2e-5);
    }
  }

  @Test
  void multiply_byAnUnevenMultiplier_isTheRealPart() {
    double[] m = new Random(3).doubles(30).toArray();
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(1, new Shape(5, 6), DataType.FLOAT64);
      assertArrayEquals(
          bySums(m, Tensors.toDoubles(x), 5, 6), Tensors.toDoubles(Fourier.multiply(m, x)), 1e-13);
    }
  }

  @Test
  void engineTraps_areThere_andStayInside() {
    try (Scope scope = Scope.open()) {
      long[] sizes = {4, 4};
      long[] axes = {-2, -1};
      NDArray single = Tensors.ones(new Shape(3, 4, 4));
      NDArray back = single.fft2(sizes, axes).ifft2(sizes, axes);
      assertEquals(new Shape(3, 4, 4, 2), back.real().getShape());
      NDArray wide = Tensors.ones(new Shape(3, 4, 4), DataType.FLOAT64);
      NDArray waves = wide.fft2(sizes, axes);
      assertFalse(isKnown(waves), "the engine knows complex double precision by now");
      for (NDArray x : new NDArray[] {single, wide}) {
        NDArray y = Fourier.multiply(even(4, 4), x);
        assertEquals(new Shape(3, 4, 4), y.getShape());
        assertEquals(x.getDataType(), y.getDataType());
        assertEquals(y.getShape(), y.add(x).getShape());
      }
    }
  }

  private static boolean isKnown(NDArray array) {
    try {
      return array.getDataType() != DataType.UNKNOWN;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void multiply_actsOnTheLastTwoAxes_aloneForEachImage() {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(2).normal(0, new Shape(2, 3, 4, 6, 5), DataType.FLOAT64);
      double[] all = Tensors.toDoubles(Fourier.multiply(even(6, 5), x));
      NDArray images = x.reshape(24, 6, 5);
      for (int i = 0; i < 24; i++) {
        double[] one = Tensors.toDoubles(Fourier.multiply(even(6, 5), images.get(i)));
        assertArrayEquals(one, java.util.Arrays.copyOfRange(all, i * 30, i * 30 + 30), 1e-14);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 6", "5, 3", "1, 5"})
  void gradient_isThatOfFiniteDifferences_andTheOperatorItself(int h, int w) {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(3).normal(0, new Shape(1, h, w), DataType.FLOAT64);
      double[] m = even(h, w);
      NDList at = new NDList(x);
      NDArray gradient =
          Gradients.valueAndGrad(at, l -> Fourier.multiply(m, l.get(0)).square().sum().mul(0.5))
              .gradients()
              .get(0);
      double[] expected = Tensors.toDoubles(Fourier.multiply(m, Fourier.multiply(m, x)));
      assertArrayEquals(expected, Tensors.toDoubles(gradient), 1e-12);
      double[] values = Tensors.toDoubles(x);
      for (int p = 0; p < values.length; p++) {
        double slope = (half(m, values, p, 1e-5, h, w) - half(m, values, p, -1e-5, h, w)) / 2e-5;
        assertEquals(slope, expected[p], 1e-7);
      }
    }
  }

  private static double half(double[] m, double[] x, int p, double step, int h, int w) {
    double[] moved = x.clone();
    moved[p] += step;
    double sum = 0;
    for (double y : bySums(m, moved, h, w)) {
      sum += y * y / 2;
    }
    return sum;
  }

  @Test
  void multiply_leavesNothingButItsResult() {
    NDArray x = Tensors.ones(new Shape(2, 8, 8));
    Fourier.multiply(even(8, 8), x).close();
    int before = Devices.liveArrays();
    for (int i = 0; i < 20; i++) {
      Fourier.multiply(even(8, 8), x).close();
    }
    assertEquals(before, Devices.liveArrays());
    x.close();
  }

  @Test
  void arraysThatDoNotFit_areRefused() {
    try (Scope scope = Scope.open()) {
      assertRefused("16 pixels in all, but has shape (2, 5, 4)", new Shape(2, 5, 4));
      assertRefused("16 pixels in all, but has shape (16)", new Shape(16));
      NDArray whole = Tensors.ones(new Shape(4, 4), DataType.INT64);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> Fourier.multiply(even(4, 4), whole));
      assertTrue(error.getMessage().contains("float32 or float64, but is int64"));
    }
  }

  private static void assertRefused(String words, Shape shape) {
    NDArray x = Tensors.ones(shape);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Fourier.multiply(even(4, 4), x));
    assertTrue(error.getMessage().contains(words), error.getMessage());
  }
}
