package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Draws points one by one, each from a generator of its own. */
final class Points {

  private Points() {}

  /**
   * Point i from {@code seeds.random(i)} alone.
   *
   * @param n how many, at least 1
   * @param dimension D
   * @param point makes the D coordinates
   * @return (n, D), float32
   */
  static NDArray draw(
      Seeds seeds, int n, int dimension, Function<SplittableRandom, double[]> point) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, but is " + n);
    }
    float[] values = new float[n * dimension];
    for (int i = 0; i < n; i++) {
      double[] coordinates = point.apply(seeds.random(i));
      for (int k = 0; k < dimension; k++) {
        values[i * dimension + k] = (float) coordinates[k];
      }
    }
    return Tensors.of(values, new Shape(n, dimension));
  }
}
