package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.Arrays;

/**
 * The squared maximum mean discrepancy of Gretton et al. (2012) with the Gaussian kernel k(x, y) =
 * exp(−‖x − y‖² / (2 h²)): E k(x, x′) + E k(y, y′) − 2 E k(x, y), which is 0 for equal
 * distributions only. It sees differences of the size of h and above best.
 *
 * <p>Arrays are (n, D); the computation is in float64 and holds n · m numbers.
 *
 * @param bandwidth h, in the units of the points
 */
public record MaximumMeanDiscrepancy(double bandwidth) {

  /**
   * Checks h.
   *
   * @throws IllegalArgumentException if bandwidth is not a positive number
   */
  public MaximumMeanDiscrepancy {
    if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "bandwidth must be positive and finite, but is " + bandwidth);
    }
  }

  /**
   * h by the median heuristic: the median of the distances between different points of a reference
   * set. Keep it when several sets are compared with that reference.
   *
   * @param reference (n, D), at least two points, not all the same
   */
  public static MaximumMeanDiscrepancy medianOf(NDArray reference) {
    int n = requirePoints(reference, "reference");
    double[] all = Scope.call(() -> Tensors.toDoubles(squaredDistances(reference, reference)));
    double[] distances = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        distances[count++] = Math.sqrt(all[i * n + k]);
      }
    }
    Arrays.sort(distances);
    double median = (distances[(count - 1) / 2] + distances[count / 2]) / 2;
    return new MaximumMeanDiscrepancy(median);
  }

  /** The estimate that counts pairs of a point with itself; at least 0, and above on average. */
  public double biased(NDArray x, NDArray y) {
    int n = requirePoints(x, "x");
    int m = requirePoints(y, "y");
    return sum(x, x) / n / n + sum(y, y) / m / m - 2 * sum(x, y) / n / m;
  }

  /** The estimate without such pairs: right on average, so below 0 at times. */
  public double unbiased(NDArray x, NDArray y) {
    int n = requirePoints(x, "x");
    int m = requirePoints(y, "y");
    return (sum(x, x) - n) / n / (n - 1) + (sum(y, y) - m) / m / (m - 1) - 2 * sum(x, y) / n / m;
  }

  private double sum(NDArray x, NDArray y) {
    double factor = -0.5 / (bandwidth * bandwidth);
    return Scope.call(
        () -> Tensors.item(Scalars.scale(squaredDistances(x, y), factor).exp().sum()));
  }

  /** (n, D) and (m, D) to (n, m). */
  private static NDArray squaredDistances(NDArray x, NDArray y) {
    Arguments.requireShape(y, "y", -1, x.getShape().get(1));
    NDArray a = x.toType(DataType.FLOAT64, true);
    NDArray b = y.toType(DataType.FLOAT64, true);
    NDArray lengths =
        a.square().sum(new int[] {1}, true).add(b.square().sum(new int[] {1}).expandDims(0));
    return Scalars.axpy(-2, a.matMul(b.transpose()), lengths).maximum(Tensors.zerosLike(lengths));
  }

  private static int requirePoints(NDArray points, String name) {
    Arguments.requireShape(points, name, -1, -1);
    if (points.getShape().get(0) < 2) {
      throw new IllegalArgumentException(
          name + " must hold at least 2 points, but has shape " + points.getShape());
    }
    return (int) points.getShape().get(0);
  }
}
