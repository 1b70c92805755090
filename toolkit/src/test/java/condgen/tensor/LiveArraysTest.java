package condgen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class LiveArraysTest {
  @Test
  void freeLaterClosesOnlyWhatWasMadeSince() {
    NDArray earlier = Tensors.ones(new Shape(2));
    LiveArrays before = LiveArrays.now();
    int alive = Devices.liveArrays();
    NDArray later = Tensors.ones(new Shape(2));
    NDArray kept;
    try (Scope scope = Scope.open()) {
      kept = scope.keep(Tensors.ones(new Shape(3)));
    }
    assertEquals(2, before.freeLater());
    assertEquals(alive, Devices.liveArrays());
    assertEquals(1, Tensors.toDoubles(earlier)[1]);
    assertThrows(RuntimeException.class, () -> Tensors.toDoubles(later));
    assertThrows(RuntimeException.class, () -> Tensors.toDoubles(kept));
    assertEquals(0, before.freeLater());
    earlier.close();
  }

  @Test
  void freeLaterSparesConstants() {
    NDArray x = Tensors.ones(new Shape(2));
    LiveArrays before = LiveArrays.now();
    NDArray constant = Scalars.constant(0.987654321, x);
    assertEquals(0, before.freeLater());
    assertEquals(constant, Scalars.constant(0.987654321, x));
    x.close();
  }
}
