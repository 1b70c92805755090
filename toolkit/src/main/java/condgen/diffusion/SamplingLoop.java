package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/** What all samplers share: the loop over the steps, its memory, interruption and the observer. */
final class SamplingLoop {

  /** The step numbered n = 1, 2, … */
  @FunctionalInterface
  interface Step {
    /** From x to the next sample; arrays made on the way are freed unless kept in the scope. */
    Result from(NDArray x, int n, Scope scope);
  }

  /** A step's outcome: the level left, the sample after it, and the clean sample as estimated. */
  record Result(double level, NDArray x, NDArray denoised) {}

  private SamplingLoop() {}

  /**
   * Takes the steps 1 … count.
   *
   * @param start freed by the first step
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  static NDArray run(NDArray start, int count, Step step, SamplerObserver observer) {
    NDArray x = start;
    for (int n = 1; n <= count; n++) {
      if (Thread.currentThread().isInterrupted()) {
        x.close();
        throw new CancellationException(
            "sampling was interrupted before step " + n + " of " + count);
      }
      NDArray next;
      try (Scope scope = Scope.open()) {
        Result result = step.from(x, n, scope);
        next = scope.keep(result.x());
        observer.observe(n, result.level(), next, result.denoised());
      }
      x.close();
      x = next;
    }
    return x;
  }

  /** A network's prediction with one time for the whole batch; refused if it is not finite. */
  static NDArray predict(NoisePredictor network, NDArray x, double t) {
    double[] times = new double[(int) x.getShape().get(0)];
    Arrays.fill(times, t);
    NDArray epsilon = network.predict(x, Tensors.of(times));
    if (!Tensors.isFinite(epsilon)) {
      throw new IllegalStateException(
          "At t = " + t + " the network's prediction is not finite; sampling stopped.");
    }
    return epsilon;
  }
}
