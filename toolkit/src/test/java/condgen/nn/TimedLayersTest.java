package condgen.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Layers that see the time, against the plain layers on an input with the time put in front. */
class TimedLayersTest {

  private static NDArray normal(long step, long... shape) {
    return Seeds.of(3).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  private static void same(NDArray expected, NDArray came) {
    assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(came), 1e-12);
  }

  @Test
  void timedConv_equalsConvolutionWithATimeChannel() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(normal(1, 5, 4, 3, 3), normal(2, 5));
      NDArray x = normal(3, 2, 3, 6, 5);
      NDArray t = Scalars.fresh(0.7, x);
      NDArray channel = Tensors.full(new Shape(2, 1, 6, 5), 0.7, DataType.FLOAT64);
      Dual joined = Dual.of(NDArrays.concat(new NDList(channel, x), 1));
      same(
          Convolution.conv2d(joined, theta.get(0), theta.get(1), 1, 1).value(),
          new TimedConv(3, 5, 3, false).apply(theta, x, t));
    }
  }

  @Test
  void timedDense_equalsDenseWithATimeFeature() {
    try (Scope scope = Scope.open()) {
      NDList theta = new NDList(normal(1, 5, 4), normal(2, 5));
      NDArray x = normal(3, 6, 3);
      NDArray t = Scalars.fresh(-1.3, x);
      NDArray feature = Tensors.full(new Shape(6, 1), -1.3, DataType.FLOAT64);
      Dual joined = Dual.of(NDArrays.concat(new NDList(feature, x), 1));
      same(
          LinearMap.linear(joined, theta.get(0), theta.get(1)).value(),
          new TimedDense(3, 5).apply(theta, x, t));
    }
  }
}
