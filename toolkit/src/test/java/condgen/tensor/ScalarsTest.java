package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ScalarsTest {

  @Test
  void scale_ofZeroDimensionalFloat32_staysFloat32() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.full(new Shape(), 2, DataType.FLOAT32);
      assertEquals(DataType.FLOAT64, x.mul(0.1).getDataType(), "the engine's own product creeps");
      assertEquals(DataType.FLOAT32, Scalars.scale(x, 0.1).getDataType());
      assertEquals(0.2f, (float) Tensors.item(Scalars.scale(x, 0.1)));
    }
  }

  @Test
  void scale_ofFloat64_carriesTheWholeNumber() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.ofDoubles(3);
      assertEquals(3 * 0.1, Tensors.item(Scalars.scale(x, 0.1)));
      assertNotEquals(3 * 0.1, Tensors.item(x.mul(0.1f)), "0.1f would carry 1e-8");
    }
  }

  @Test
  void arithmetic_isWhatItSays() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.ofDoubles(1, 4);
      assertArrayEquals(new double[] {3, 6}, Tensors.toDoubles(Scalars.add(x, 2)));
      assertArrayEquals(new double[] {1, -2}, Tensors.toDoubles(Scalars.subtractFrom(2, x)));
      assertArrayEquals(new double[] {1, 2}, Tensors.toDoubles(Scalars.pow(x, 0.5)));
      assertArrayEquals(
          new double[] {4, 10}, Tensors.toDoubles(Scalars.axpy(2, x, Tensors.ofDoubles(2, 2))));
    }
  }

  @Test
  void constant_survivesTheScopeItWasMadeIn() {
    NDArray x = Tensors.ofDoubles(1);
    NDArray made;
    try (Scope scope = Scope.open()) {
      made = Scalars.constant(0.123456, x);
    }
    assertSame(made, Scalars.constant(0.123456, x));
    assertEquals(0.123456, Tensors.item(Scalars.scale(x, 0.123456)));
    x.close();
  }
}
