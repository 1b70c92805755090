package condgen.ode;

import static condgen.tensor.Scalars.fresh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Tensors;
import java.util.function.DoubleFunction;

/** Initial value problems from t = 0 with a known solution, in float64. */
enum AnalyticProblem {
  /** x' = -x. */
  DECAY((t, x) -> x.neg(), t -> new double[] {Math.exp(-t)}),

  /** (x, y)' = (y, -x), the harmonic oscillator. */
  OSCILLATOR(
      (t, x) -> {
        NDList parts = x.split(2);
        return NDArrays.concat(new NDList(parts.get(1), parts.get(0).neg()));
      },
      t -> new double[] {Math.cos(t), -Math.sin(t)}),

  /** x' = 2xt with x(0) = 3, the thesis's example; x(t) = 3 exp(t²). */
  THESIS_EXAMPLE((t, x) -> x.mul(fresh(2 * t, x)), t -> new double[] {3 * Math.exp(t * t)});

  private final VectorField field;
  private final DoubleFunction<double[]> solution;

  AnalyticProblem(VectorField field, DoubleFunction<double[]> solution) {
    this.field = field;
    this.solution = solution;
  }

  VectorField field() {
    return field;
  }

  NDArray x0() {
    return Tensors.ofDoubles(solution.apply(0));
  }

  double[] at(double t) {
    return solution.apply(t);
  }

  /** Largest error at t = 1. */
  double error(Solver solver) {
    try (NDArray x0 = x0();
        OdeSolution solution = Ode.solve(field, x0, 0, 1, solver).orThrow()) {
      double[] came = Tensors.toDoubles(solution.x());
      double[] exact = at(1);
      double largest = 0;
      for (int i = 0; i < exact.length; i++) {
        largest = Math.max(largest, Math.abs(came[i] - exact[i]));
      }
      return largest;
    }
  }
}
