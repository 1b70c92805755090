package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Scalars;

/** How a state between two points of a fixed grid is found. */
public enum Interpolation {
  /** On the straight line between the two states: error of order h². */
  LINEAR,
  /**
   * On the cubic through the two states and their slopes: error of order h⁴, one evaluation more.
   */
  CUBIC;

  /** x0 + s (x1 - x0). */
  static NDList linear(double s, NDList x0, NDList x1) {
    return weighted(new double[] {1 - s, s}, x0, x1);
  }

  /** Hermite's cubic, with slopes f0 and f1 and step h. */
  static NDList cubic(double s, double h, NDList x0, NDList f0, NDList x1, NDList f1) {
    double r = 1 - s;
    return weighted(
        new double[] {(1 + 2 * s) * r * r, h * s * r * r, s * s * (3 - 2 * s), -h * s * s * r},
        x0,
        f0,
        x1,
        f1);
  }

  /** The quartic that also passes through the state m in the middle. */
  static NDList quartic(double s, double h, NDList x0, NDList f0, NDList m, NDList x1, NDList f1) {
    double s2 = s * s;
    double s3 = s2 * s;
    double s4 = s3 * s;
    return weighted(
        new double[] {
          -8 * s4 + 18 * s3 - 11 * s2 + 1,
          h * (-2 * s4 + 5 * s3 - 4 * s2 + s),
          16 * s4 - 32 * s3 + 16 * s2,
          -8 * s4 + 14 * s3 - 5 * s2,
          h * (2 * s4 - 3 * s3 + s2)
        },
        x0,
        f0,
        m,
        x1,
        f1);
  }

  private static NDList weighted(double[] weights, NDList... parts) {
    NDList result = new NDList(parts[0].size());
    for (int i = 0; i < parts[0].size(); i++) {
      NDArray sum = null;
      for (int j = 0; j < parts.length; j++) {
        NDArray part = parts[j].get(i);
        NDArray term = part.mul(Scalars.fresh(weights[j], part));
        sum = sum == null ? term : sum.addi(term);
      }
      result.add(sum);
    }
    return result;
  }
}
