package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

  /**
   * The engine's own backward pass spreads NaN left in freed memory for widths that are no multiple
   * of 16.
   */
  @ParameterizedTest
  @CsvSource({"1, 16", "2, 16", "3, 1", "8, 1", "16, 3", "17, 4", "16, 8", "16, 24", "8, 24"})
  void gradient_inFloat32_isThatOfFloat64_whateverTheMemoryHeld(int out, int in) {
    for (int repeat = 0; repeat < 5; repeat++) {
      try (Scope scope = Scope.open()) {
        for (int size : new int[] {16, 64, 256}) {
          Tensors.full(new Shape(16, size, 14, 14), Double.NaN, DataType.FLOAT32).close();
        }
        NDArray[] narrow = gradients(out, in, DataType.FLOAT32);
        NDArray[] wide = gradients(out, in, DataType.FLOAT64);
        for (int i = 0; i < 3; i++) {
          double[] expected = Tensors.toDoubles(wide[i]);
          double[] found = Tensors.toDoubles(narrow[i]);
          for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], found[k], 2e-4 * Math.max(1, Math.abs(expected[k])));
          }
        }
      }
    }
  }

  /** The engine's own float32 convolution of 24 channels is wrong on some processors. */
  @ParameterizedTest
  @CsvSource({"1, 24", "2, 24", "16, 24", "1, 8", "3, 40", "8, 3", "32, 16"})
  void value_inFloat32_isThatOfFloat64(int out, int in) {
    try (Scope scope = Scope.open()) {
      for (int stride = 1; stride <= 2; stride++) {
        NDArray x = Seeds.of(1).normal(0, new Shape(16, in, 14, 14));
        NDArray w = Seeds.of(2).normal(0, new Shape(out, in, 3, 3));
        NDArray b = Seeds.of(3).normal(0, new Shape(out));
        NDArray narrow = Convolution.conv2d(Dual.of(x), w, b, stride, 1).value();
        Dual wideX = Dual.of(x.toType(DataType.FLOAT64, true));
        NDArray wideW = w.toType(DataType.FLOAT64, true);
        NDArray wideB = b.toType(DataType.FLOAT64, true);
        NDArray wide = Convolution.conv2d(wideX, wideW, wideB, stride, 1).value();
        assertArrayEquals(Tensors.toDoubles(wide), Tensors.toDoubles(narrow), 2e-4);
      }
    }
  }

  private static NDArray[] gradients(int out, int in, DataType type) {
    NDArray x = Seeds.of(1).normal(0, new Shape(16, in, 7, 7)).toType(type, true);
    NDArray w = Seeds.of(2).normal(0, new Shape(out, in, 3, 3)).toType(type, true);
    NDArray b = Seeds.of(3).normal(0, new Shape(out)).toType(type, true);
    NDArray e = Seeds.of(4).normal(0, new Shape(16, out, 7, 7)).toType(type, true);
    NDList gradients =
        Gradients.valueAndGrad(
                new NDList(x, w, b),
                p ->
                    Convolution.conv2d(Dual.of(p.get(0)), p.get(1), p.get(2), 1, 1)
                        .value()
                        .mul(e)
                        .sum())
            .gradients();
    return gradients.toArray(NDArray[]::new);
  }
}
