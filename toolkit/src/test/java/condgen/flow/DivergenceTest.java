package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.flow.Divergence.Mode;
import condgen.flow.Divergence.Probe;
import condgen.tensor.Activation;
import condgen.tensor.Dual;
import condgen.tensor.Gradients;
import condgen.tensor.LinearMap;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DivergenceTest {

  private static final Shape SQUARE = new Shape(3, 3);

  private static NDArray normal(long step, long... shape) {
    return Seeds.of(11).normal(step, new Shape(shape), DataType.FLOAT64);
  }

  /** V tanh(W x + b). */
  private static UnaryOperator<Dual> net(NDList theta) {
    return x ->
        LinearMap.linear(
            Activation.TANH.apply(LinearMap.linear(x, theta.get(0), theta.get(1))),
            theta.get(2),
            null);
  }

  private static NDList weights() {
    return new NDList(normal(1, 5, 3), normal(2, 5), normal(3, 3, 5));
  }

  /** Central differences of f, one coordinate after another. */
  private static double[] differences(UnaryOperator<Dual> f, NDArray x) {
    int batch = (int) x.getShape().get(0);
    int size = (int) (x.size() / batch);
    double[] trace = new double[batch];
    double h = 1e-5;
    for (int i = 0; i < size; i++) {
      double[] up = Tensors.toDoubles(x);
      double[] down = Tensors.toDoubles(x);
      for (int b = 0; b < batch; b++) {
        up[b * size + i] += h;
        down[b * size + i] -= h;
      }
      double[] above = Tensors.toDoubles(f.apply(Dual.of(Tensors.of(up, x.getShape()))).value());
      double[] below = Tensors.toDoubles(f.apply(Dual.of(Tensors.of(down, x.getShape()))).value());
      for (int b = 0; b < batch; b++) {
        trace[b] += (above[b * size + i] - below[b * size + i]) / (2 * h);
      }
    }
    return trace;
  }

  @Test
  void exact_equalsCentralDifferences() {
    try (Scope scope = Scope.open()) {
      UnaryOperator<Dual> f = net(weights());
      NDArray x = normal(4, 4, 3);
      Divergence.Estimate came = Divergence.exact().at(f, x, null);
      assertArrayEquals(differences(f, x), Tensors.toDoubles(came.divergence()), 1e-8);
      assertEquals(f.apply(Dual.of(x)).value(), came.value());
      assertEquals(3, came.products().size());
      assertThrows(IllegalStateException.class, came::product);
    }
  }

  @Test
  void exact_ofSamplesWithSeveralAxes_isTheTraceOfEachSample() {
    try (Scope scope = Scope.open()) {
      UnaryOperator<Dual> f = x -> x.mul(x).mul(Dual.of(normal(5, 1, 2, 3)));
      NDArray x = normal(6, 2, 2, 3);
      NDArray came = Divergence.exact().at(f, x, null).divergence();
      assertArrayEquals(differences(f, x), Tensors.toDoubles(came), 1e-8);
    }
  }

  @Test
  void hutchinson_isTheQuadraticFormOfItsProbe_inBothModes() {
    try (Scope scope = Scope.open()) {
      NDArray a = Tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 10}, SQUARE);
      UnaryOperator<Dual> f = x -> LinearMap.linear(x, a, null);
      NDArray x = normal(7, 1, 3);
      NDArray e = Tensors.of(new double[] {1, -1, 2}, new Shape(1, 3));
      Divergence.Estimate ahead = Divergence.hutchinson(Probe.GAUSSIAN, Mode.FORWARD).at(f, x, e);
      Divergence.Estimate back = Divergence.hutchinson(Probe.GAUSSIAN, Mode.REVERSE).at(f, x, e);
      // A e = (5, 11, 19), Aᵀ e = (11, 13, 17), e·A e = 32
      assertArrayEquals(new double[] {5, 11, 19}, Tensors.toDoubles(ahead.product()), 1e-12);
      assertArrayEquals(new double[] {11, 13, 17}, Tensors.toDoubles(back.product()), 1e-12);
      assertEquals(32, Tensors.item(ahead.divergence()), 1e-12);
      assertEquals(32, Tensors.item(back.divergence()), 1e-12);
      assertEquals(25 + 121 + 361, Tensors.item(ahead.squaredJacobian()), 1e-12);
    }
  }

  @Test
  void hutchinson_averagesToTheTrace_withTheVarianceOfItsProbe() {
    try (Scope scope = Scope.open()) {
      NDArray a = Tensors.of(new double[] {1, 2, 0, 2, -1, 1, 0, 1, 3}, SQUARE);
      UnaryOperator<Dual> f = x -> LinearMap.linear(x, a, null);
      int n = 20_000;
      NDArray x = Tensors.zeros(new Shape(n, 3), DataType.FLOAT64);
      for (Probe probe : Probe.values()) {
        Divergence divergence = Divergence.hutchinson(probe, Mode.FORWARD);
        double[] came =
            Tensors.toDoubles(
                divergence.at(f, x, divergence.probe(Seeds.of(5), 1, x)).divergence());
        double mean = 0;
        double square = 0;
        for (double value : came) {
          mean += value / n;
          square += value * value / n;
        }
        // symmetric A: variance 2 Σ Aᵢⱼ² for normal entries, 2 Σ over i ≠ j for signs
        double variance = probe == Probe.GAUSSIAN ? 2 * 21 : 2 * 10;
        assertEquals(3, mean, 4 * Math.sqrt(variance / n), "mean of " + probe);
        assertEquals(1, (square - mean * mean) / variance, 0.1, "variance of " + probe);
      }
    }
  }

  @Test
  void exact_squaredJacobian_isTheFrobeniusNorm() {
    try (Scope scope = Scope.open()) {
      NDArray a = normal(8, 3, 3);
      NDArray came =
          Divergence.exact()
              .at(x -> LinearMap.linear(x, a, null), normal(9, 2, 3), null)
              .squaredJacobian();
      double norm = Tensors.item(a.mul(a).sum());
      assertArrayEquals(new double[] {norm, norm}, Tensors.toDoubles(came), 1e-12);
    }
  }

  @Test
  void gradientThroughTheTrace_equalsCentralDifferences() {
    try (Scope scope = Scope.open()) {
      NDArray x = normal(10, 4, 3);
      NDArray e = normal(11, 4, 3);
      for (Divergence divergence :
          new Divergence[] {
            Divergence.exact(),
            Divergence.hutchinson(Probe.GAUSSIAN, Mode.FORWARD),
            Divergence.hutchinson(Probe.GAUSSIAN, Mode.REVERSE)
          }) {
        NDList theta = weights();
        NDArray gradient =
            Gradients.valueAndGrad(theta, w -> divergence.at(net(w), x, e).divergence().sum())
                .gradients()
                .get(0);
        NDArray direction = normal(12, 5, 3);
        double h = 1e-5;
        double[] ends = new double[2];
        for (int i = 0; i < 2; i++) {
          NDArray moved = theta.get(0).add(direction.mul(i == 0 ? h : -h));
          NDList at = new NDList(moved, theta.get(1), theta.get(2));
          ends[i] = Tensors.item(divergence.at(net(at), x, e).divergence().sum());
        }
        double expected = (ends[0] - ends[1]) / (2 * h);
        assertEquals(expected, Tensors.item(gradient.mul(direction).sum()), 1e-7);
      }
    }
  }

  @Test
  void fieldThatIgnoresItsPoint_hasNoDivergence() {
    try (Scope scope = Scope.open()) {
      NDArray x = normal(13, 2, 3);
      NDArray constant = normal(14, 2, 3);
      for (Mode mode : Mode.values()) {
        NDArray came =
            Divergence.hutchinson(Probe.RADEMACHER, mode)
                .at(v -> Dual.of(constant), x, normal(15, 2, 3))
                .divergence();
        assertArrayEquals(new double[2], Tensors.toDoubles(came));
      }
      NDArray came = Divergence.exact().at(v -> Dual.of(constant), x, null).divergence();
      assertArrayEquals(new double[2], Tensors.toDoubles(came));
    }
  }

  @Test
  void probe_hasTheTypeAskedFor_andRepeats() {
    try (Scope scope = Scope.open()) {
      NDArray like = Tensors.zeros(new Shape(3, 4), DataType.FLOAT64);
      for (Probe kind : Probe.values()) {
        Divergence divergence = Divergence.hutchinson(kind, Mode.FORWARD);
        NDArray first = divergence.probe(Seeds.of(2), 7, like);
        assertEquals(DataType.FLOAT64, first.getDataType());
        assertEquals(first, divergence.probe(Seeds.of(2), 7, like));
      }
      assertNull(Divergence.exact().probe(Seeds.of(2), 7, like));
    }
  }

  @Test
  void wrongArguments_areNamed() {
    try (Scope scope = Scope.open()) {
      NDArray x = normal(16, 2, 3);
      Divergence divergence = Divergence.hutchinson(Probe.GAUSSIAN, Mode.FORWARD);
      IllegalArgumentException shapes =
          assertThrows(
              IllegalArgumentException.class, () -> divergence.at(v -> v, x, normal(17, 2, 4)));
      assertTrue(shapes.getMessage().contains("x and e"), shapes.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> Divergence.exact().at(v -> v, Tensors.ofDoubles(1, 2), null));
      assertThrows(IllegalArgumentException.class, () -> Divergence.hutchinson(null, Mode.FORWARD));
    }
  }
}
