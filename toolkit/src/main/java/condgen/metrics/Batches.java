package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import java.util.function.UnaryOperator;

/** A network applied to a few samples at a time, so that memory does not grow with their number. */
final class Batches {

  private Batches() {}

  /**
   * The map of all samples.
   *
   * @param samples (N, ...), N at least 1
   * @param batch how many at a time
   * @param map (n, ...) to (n, ...)
   * @return (N, ...), in the current scope
   */
  static NDArray of(NDArray samples, int batch, UnaryOperator<NDArray> map) {
    Arguments.requireRows(samples, "samples", 1);
    try (Scope scope = Scope.open()) {
      NDList parts = new NDList();
      long count = samples.getShape().get(0);
      for (long from = 0; from < count; from += batch) {
        try (Scope step = Scope.open()) {
          parts.add(step.keep(map.apply(samples.get(from + ":" + Math.min(count, from + batch)))));
        }
      }
      return scope.keep(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0));
    }
  }
}
