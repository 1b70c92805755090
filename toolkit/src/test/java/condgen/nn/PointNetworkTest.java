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
import org.junit.jupiter.api.Test;

class PointNetworkTest {

  @Test
  void output_hasTheShapeOfThePoints_andDependsOnTheTime() {
    try (Scope scope = Scope.open()) {
      PointNetwork network = new PointNetwork(2, 16, 2);
      NDList theta = network.initialize(Seeds.of(1));
      NDArray x = Seeds.of(2).normal(0, new Shape(5, 2));
      NDArray early = network.apply(theta, x, Tensors.ones(new Shape(5)));
      NDArray late = network.apply(theta, x, Tensors.full(new Shape(5), 90, DataType.FLOAT32));
      assertEquals(x.getShape(), early.getShape());
      assertTrue(Tensors.item(early.sub(late).abs().max()) > 1e-3);
      long dense = (2 * 16 + 16) + 2 * (16 * 16 + 16) + 2 * (16 * 16 + 16) + (16 * 2 + 2);
      assertEquals(dense, network.parameterCount());
    }
  }

  @Test
  void jvp_agreesWithDifferences() {
    try (Scope scope = Scope.open()) {
      PointNetwork network = new PointNetwork(3, 8, 2);
      NDList theta = new NDList();
      network.initialize(Seeds.of(1)).forEach(p -> theta.add(p.toType(DataType.FLOAT64, true)));
      NDArray x = Seeds.of(2).normal(0, new Shape(4, 3), DataType.FLOAT64);
      NDArray e = Seeds.of(2).normal(1, new Shape(4, 3), DataType.FLOAT64);
      NDArray t = Tensors.ofDoubles(1, 2, 30, 4.5);
      double h = 1e-5;
      NDArray up = network.apply(theta, Scalars.axpy(h, e, x), t);
      NDArray down = network.apply(theta, Scalars.axpy(-h, e, x), t);
      double[] difference = Tensors.toDoubles(Scalars.scale(up.sub(down), 0.5 / h));
      Dual forward = Dual.jvp(z -> network.apply(theta, z, t), x, e);
      assertArrayEquals(difference, Tensors.toDoubles(forward.tangent()), 1e-8);
    }
  }

  @Test
  void badSizes_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PointNetwork(0, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new PointNetwork(2, 8, -1));
  }
}
