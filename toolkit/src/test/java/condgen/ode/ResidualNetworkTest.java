package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Figure 2.3: a residual network is a solve by Euler's method. */
class ResidualNetworkTest {

  private static NDArray random(Random random, int rows, int columns) {
    double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
    return Tensors.of(values).reshape(rows, columns);
  }

  @Test
  @Equation("fig2.3")
  void residualBlocks_equalEulerSteps_bitByBit() {
    try (Scope scope = Scope.open()) {
      Random random = new Random(23);
      NDArray weights = random(random, 3, 3);
      VectorField f = (t, x) -> x.matMul(weights).tanh();
      NDArray start = random(random, 5, 3);
      NDArray x = start;
      for (int block = 0; block < 8; block++) {
        NDArray g = Scalars.scale(f.apply(0, x), 0.125);
        x = x.add(g);
      }
      NDArray euler = Ode.solve(f, start, 0, 1, Euler.steps(8)).x();
      assertArrayEquals(Tensors.toDoubles(x), Tensors.toDoubles(euler));
      NDArray fine = Ode.solve(f, start, 0, 1, DormandPrince.tolerances(1e-6, 1e-6)).x();
      assertTrue(Tensors.item(fine.sub(x).abs().max()) > 1e-3, "eight blocks are not the limit");
    }
  }
}
