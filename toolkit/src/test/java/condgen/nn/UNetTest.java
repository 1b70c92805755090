package condgen.nn;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class UNetTest {

  private static final UNet.Architecture SMALL = new UNet.Architecture(1, List.of(4, 8), 1, 2);

  /** Parameters in float64, none of them zero, so that every path counts. */
  private static NDList busyParameters(Layer network) {
    NDList theta = new NDList();
    for (Parameter p : network.parameters()) {
      NDArray z = Seeds.of(3).normal(theta.size(), p.shape(), DataType.FLOAT64);
      theta.add(Scalars.scale(z, 0.3));
    }
    return theta;
  }

  @Test
  void fresh_network_predictsZero_inTheShapeOfItsInput() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      NDArray x = Seeds.of(1).normal(0, new Shape(3, 1, 8, 12));
      NDArray y = network.apply(network.initialize(Seeds.of(2)), x, Tensors.of(1, 5, 9));
      assertEquals(x.getShape(), y.getShape());
      assertEquals(0, Tensors.item(y.abs().max()));
    }
  }

  @Test
  void jvp_agreesWithDifferences_andVjpIsItsTranspose() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      NDList theta = busyParameters(network);
      Shape shape = new Shape(2, 1, 4, 4);
      NDArray x = Seeds.of(5).normal(0, shape, DataType.FLOAT64);
      NDArray e = Seeds.of(5).normal(1, shape, DataType.FLOAT64);
      NDArray g = Seeds.of(5).normal(2, shape, DataType.FLOAT64);
      NDArray t = Tensors.ofDoubles(3, 40);
      Dual forward = Dual.jvp(z -> network.apply(theta, z, t), x, e);
      double h = 1e-5;
      NDArray up = network.apply(theta, Scalars.axpy(h, e, x), t);
      NDArray down = network.apply(theta, Scalars.axpy(-h, e, x), t);
      double[] difference = Tensors.toDoubles(Scalars.scale(up.sub(down), 0.5 / h));
      double[] tangent = Tensors.toDoubles(forward.tangent());
      for (int i = 0; i < tangent.length; i++) {
        assertEquals(difference[i], tangent[i], 1e-6 * Math.max(1, Math.abs(tangent[i])));
      }
      NDArray back = Dual.vjp(z -> network.apply(theta, z, t), x, g).product();
      double gJe = Tensors.item(forward.tangent().mul(g).sum());
      assertEquals(gJe, Tensors.item(back.mul(e).sum()), 1e-9 * Math.max(1, Math.abs(gJe)));
    }
  }

  @Test
  void apply_dependsOnTheTime() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      NDList theta = busyParameters(network);
      NDArray x = Seeds.of(5).normal(0, new Shape(1, 1, 4, 4), DataType.FLOAT64);
      NDArray early = network.apply(theta, x, Tensors.ofDoubles(1));
      NDArray late = network.apply(theta, x, Tensors.ofDoubles(90));
      assertTrue(Tensors.item(early.sub(late).abs().max()) > 1e-3);
    }
  }

  @Test
  void parameterCount_isWhatInitializeAllocates() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      long allocated = network.initialize(Seeds.of(1)).stream().mapToLong(NDArray::size).sum();
      assertEquals(allocated, network.parameterCount());
      assertTrue(
          network.parameters().stream().map(Parameter::name).distinct().count()
              == network.parameters().size());
    }
  }

  @Test
  void initialize_repeatsForASeed_andDiffersBetweenSeeds() {
    try (Scope scope = Scope.open()) {
      Dense dense = new Dense(3, 2);
      double[] first = Tensors.toDoubles(dense.initialize(Seeds.of(1)).get(0));
      assertArrayEquals(first, Tensors.toDoubles(dense.initialize(Seeds.of(1)).get(0)));
      assertNotEquals(first[0], Tensors.toDoubles(dense.initialize(Seeds.of(2)).get(0))[0]);
      for (double w : first) {
        assertTrue(Math.abs(w) <= 1 / Math.sqrt(3));
      }
    }
  }

  @Test
  void apply_ofOddImage_saysWhatSizesFit() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      NDList theta = network.initialize(Seeds.of(1));
      NDArray x = Tensors.zeros(new Shape(1, 1, 7, 8));
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> network.apply(theta, x, Tensors.of(1)));
      assertTrue(error.getMessage().contains("divisible by 2, but has (1, 1, 7, 8)"));
    }
  }

  @Test
  void apply_withTooFewParameters_saysHowMany() {
    try (Scope scope = Scope.open()) {
      UNet network = new UNet(SMALL);
      NDList theta = new NDList(Tensors.of(1));
      NDArray x = Tensors.zeros(new Shape(1, 1, 8, 8));
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> network.apply(theta, x, Tensors.of(1)));
      assertTrue(error.getMessage().contains("but holds 1"));
    }
  }

  @Test
  void architecture_withGroupsThatDoNotDivide_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new UNet.Architecture(1, List.of(6), 1, 4));
  }

  @Test
  void sinusoid_isSineThenCosineOfFallingFrequencies() {
    try (Scope scope = Scope.open()) {
      double[] found = Tensors.toDoubles(TimeEmbedding.sinusoid(Tensors.of(7), 4));
      double[] expected = {Math.sin(7), Math.sin(7e-4), Math.cos(7), Math.cos(7e-4)};
      assertArrayEquals(expected, found, 1e-6);
    }
  }

  @Test
  void twice_repeatsEachPixel() {
    try (Scope scope = Scope.open()) {
      NDArray x = Tensors.of(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
      double[] expected = {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4};
      assertArrayEquals(expected, Tensors.toDoubles(Upsampling.twice(Dual.of(x)).value()));
    }
  }
}
