package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import condgen.tensor.Tensors;
import java.util.Random;

/**
 * The case by which gradients are measured: a 2→64→2 tanh network on a batch of 512, float32, t
 * from 0 to 1, sum of squares of the end as loss.
 */
final class NetworkGradient {

  private static final ParametricDynamics NETWORK =
      (theta, t, x) -> {
        NDArray hidden = Linear.linear(x.get(0), theta.get(0), theta.get(1)).get(0).tanh();
        return Linear.linear(hidden, theta.get(2), theta.get(3));
      };

  private final NDList theta =
      new NDList(random(0.5, 64, 2), random(0.5, 64), random(0.1, 2, 64), random(0.1, 2));
  private final NDList x0 = new NDList(random(1, 512, 2));

  private static NDArray random(double scale, long... shape) {
    Shape sizes = new Shape(shape);
    double[] values = new Random(3).doubles(sizes.size(), -scale, scale).toArray();
    return Tensors.of(values).reshape(sizes);
  }

  /** One loss with its gradients; returns the evaluations in both directions. */
  long take(Gradient gradient, Solver solver) {
    double[] times = {0, 1};
    try (OdeGradient came =
        gradient
            .solve(NETWORK, theta, x0, times, solver, states -> states.get(0).square().sum())
            .orThrow()) {
      return came.forward().evaluations() + came.backwardEvaluations();
    }
  }

  /** Frees the network. */
  void free() {
    Tensors.close(theta);
    Tensors.close(x0);
  }
}
