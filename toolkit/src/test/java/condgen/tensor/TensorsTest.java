package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class TensorsTest {

  @Test
  void roundTrip_keepsValuesAndOrder() {
    try (Scope scope = Scope.open()) {
      double[] values = {1, 2.5, -3, 1e-7, 4, 5};
      assertArrayEquals(values, Tensors.toDoubles(Tensors.of(values, new Shape(2, 3))));
      assertArrayEquals(new double[] {3, 4}, Tensors.toDoubles(Tensors.ofLongs(3, 4)));
      assertArrayEquals(new float[] {0.5f}, Tensors.toFloats(Tensors.ofDoubles(0.5)));
    }
  }

  @Test
  void of_wrongCount_namesShapeAndCount() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Tensors.of(new float[5], new Shape(2, 3)));
    assertTrue(error.getMessage().contains("6 numbers for shape (2, 3), but holds 5"));
  }

  @Test
  void requireShape_ofWrongShape_namesBoth() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.zeros(new Shape(2, 3));
      Arguments.requireShape(x, "x", -1, 3);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> Arguments.requireShape(x, "x", -1, 4));
      assertEquals("x must have shape (any, 4), but has (2, 3)", error.getMessage());
    }
  }

  @Test
  void isFinite_seesNanAndInfinity() {
    try (Scope scope = Scope.open()) {
      assertTrue(Tensors.isFinite(Tensors.of(1, 2)));
      assertFalse(Tensors.isFinite(Tensors.of(1, Double.NaN)));
      assertFalse(Tensors.isFinite(Tensors.of(1, Double.POSITIVE_INFINITY)));
    }
  }

  @Test
  void linspace_hitsBothEnds() {
    try (Scope scope = Scope.open()) {
      double[] values = Tensors.toDoubles(Tensors.linspace(0, 1, 11));
      assertEquals(0, values[0]);
      assertEquals(1, values[10]);
      assertEquals(0.3f, (float) values[3]);
    }
  }

  @Test
  void item_ofManyNumbers_isRefused() {
    try (Scope scope = Scope.open()) {
      assertThrows(IllegalArgumentException.class, () -> Tensors.item(Tensors.of(1, 2)));
    }
  }

  @Test
  void describe_showsTypeShapeAndFirstValues() {
    try (Scope scope = Scope.open()) {
      String text = Tensors.describe(Tensors.linspace(0, 9, 10));
      assertTrue(text.startsWith("float32 (10) " + (Devices.isGpu() ? "gpu" : "cpu")), text);
      assertTrue(text.endsWith("[0.000, 1.000, 2.000, 3.000, 4.000, 5.000, ...]"), text);
    }
  }
}
