package condgen.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Gradients that run through a solve. */
class OdeGradientTest {

  private static double end(double x0, double rate, Solver solver) {
    try (Scope scope = Scope.open()) {
      NDArray a = Tensors.ofDoubles(rate);
      return Tensors.item(Ode.solve(field(a), Tensors.ofDoubles(x0), 0, 1.5, solver).x());
    }
  }

  private static VectorField field(NDArray rate) {
    return (t, x) -> x.mul(Scalars.fresh(1 + t, x)).sin().mul(rate);
  }

  private static void gradientsMatchDifferences(Solver solver, double tolerance) {
    try (Scope scope = Scope.open()) {
      NDList at = new NDList(Tensors.ofDoubles(0.7), Tensors.ofDoubles(-0.8));
      Gradients.ValueAndGrad came =
          Gradients.valueAndGrad(
              at,
              leaves -> {
                OdeSolution solution =
                    Ode.solve(field(leaves.get(1)), leaves.get(0), 0, 1.5, solver);
                return solution.x().sum();
              });
      double h = 1e-6;
      double byX0 = (end(0.7 + h, -0.8, solver) - end(0.7 - h, -0.8, solver)) / (2 * h);
      double byRate = (end(0.7, -0.8 + h, solver) - end(0.7, -0.8 - h, solver)) / (2 * h);
      assertEquals(byX0, Tensors.item(came.gradients().get(0)), tolerance);
      assertEquals(byRate, Tensors.item(came.gradients().get(1)), tolerance);
    }
  }

  @Test
  void gradientThroughFixedSteps_equalsCentralDifferences() {
    gradientsMatchDifferences(ClassicRungeKutta.steps(40), 1e-8);
  }

  @Test
  void gradientThroughAdaptiveSteps_equalsCentralDifferences() {
    gradientsMatchDifferences(DormandPrince.tolerances(1e-9, 1e-10), 1e-5);
  }

  @Test
  void gradientThroughEuler_isThePowerOfItsFactor() {
    try (Scope scope = Scope.open()) {
      Gradients.ValueAndGrad came =
          Gradients.valueAndGrad(
              new NDList(Tensors.ofDoubles(2)),
              leaves ->
                  Ode.solve((t, x) -> x.neg(), leaves.get(0), 0, 1, Euler.steps(20)).x().sum());
      assertEquals(Math.pow(0.95, 20), Tensors.item(came.gradients().get(0)), 1e-14);
    }
  }
}
