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
