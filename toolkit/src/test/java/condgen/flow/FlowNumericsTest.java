package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Activation;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class FlowNumericsTest {

  /**
   * The integral of the density that a flow claims, of v' = -12 tanh(3 v), by the trapezoidal rule.
   */
  private static double mass(FlowNumerics numerics) {
    int n = 4001;
    try (Scope scope = Scope.open()) {
      NDArray x =
          Tensors.linspace(-5, 5, n).toType(DataType.FLOAT64, false).reshape(new Shape(n, 1));
      FlowField steep = (theta, t, v) -> Activation.TANH.apply(v.scale(3)).scale(-12);
      ContinuousFlow flow = ContinuousFlow.of(steep, Divergence.exact(), numerics.solver());
      double[] density = Tensors.toDoubles(flow.logDensity(new NDList(), x, null).exp());
      double sum = -0.5 * (density[0] + density[n - 1]);
      for (double value : density) {
        sum += value;
      }
      return sum * 10 / (n - 1);
    }
  }

  /**
   * A density integrates to 1 over what the flow reaches. With two steps of a steep field it does
   * not: what the steps get wrong is counted as density.
   */
  @Test
  void fixedSteps_ofASteepField_inventDensity_adaptiveOnesDoNot() {
    double exact = mass(FlowNumerics.adaptive(1e-8));
    assertEquals(exact, mass(FlowNumerics.adaptive(1e-6)), 1e-4);
    assertTrue(Math.abs(mass(FlowNumerics.fixed(2)) - exact) > 0.5);
  }

  @Test
  void parts_mustBeGiven() {
    FlowNumerics numerics = FlowNumerics.released(1e-3);
    assertThrows(IllegalArgumentException.class, () -> numerics.with((Divergence) null));
    assertEquals(Regularizer.NONE, numerics.with(Regularizer.NONE).regularizer());
  }
}
