package condgen.nn;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchesTest {

  /** A network without parameters that answers the channel of a patch at its place. */
  private record Keep(int factor) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Dual apply(NDList theta, Dual x, NDArray t) {
      return x.scale(factor);
    }
  }

  @Test
  void apply_bringsEachPixelBackToItsPlace() {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(0, new Shape(2, 3, 4, 6));
      NDArray y = new Patches(new Keep(2), 2).apply(new NDList(), x, null);
      assertEquals(0, Tensors.item(y.sub(x.mul(2)).abs().max()));
    }
  }

  /** Channel 1 of the patches is the pixel to the right of the upper left one. */
  @Test
  void apply_showsPixelsAsChannels() {
    Layer sees =
        new Layer() {
          @Override
          public List<Parameter> parameters() {
            return List.of();
          }

          @Override
          public Dual apply(NDList theta, Dual x, NDArray t) {
            assertEquals(new Shape(1, 4, 1, 2), x.shape());
            assertArrayEquals(new double[] {0, 2, 1, 3, 4, 6, 5, 7}, Tensors.toDoubles(x.value()));
            return x;
          }
        };
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(1, 1, 2, 4));
      NDArray y = new Patches(sees, 2).apply(new NDList(), x, null);
      assertArrayEquals(Tensors.toDoubles(x), Tensors.toDoubles(y));
    }
  }

  @Test
  void apply_refusesOddImages() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.zeros(new Shape(1, 1, 3, 4));
      Patches patches = new Patches(new Keep(1), 2);
      String message =
          assertThrows(IllegalArgumentException.class, () -> patches.apply(new NDList(), x, null))
              .getMessage();
      assertTrue(message.contains("divisible by 2") && message.contains("(1, 1, 3, 4)"), message);
    }
  }

  @Test
  void jvpAndVjp_areThoseOfTheInnerNetwork() {
    try (Scope scope = Scope.open()) {
      Patches patches = new Patches(new Keep(3), 2);
      NDArray x = Seeds.of(1).normal(0, new Shape(1, 1, 4, 4));
      NDArray e = Seeds.of(1).normal(1, x.getShape());
      NDArray forward = Dual.jvp(v -> patches.apply(new NDList(), v, null), x, e).tangent();
      NDArray back = Dual.vjp(v -> patches.apply(new NDList(), v, null), x, e).product();
      assertEquals(0, Tensors.item(forward.sub(e.mul(3)).abs().max()), 1e-6);
      assertEquals(0, Tensors.item(back.sub(e.mul(3)).abs().max()), 1e-6);
    }
  }
}
