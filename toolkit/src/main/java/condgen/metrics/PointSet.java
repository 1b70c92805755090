package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.util.Arrays;

/**
 * Points with their squared distances to others, a block of rows at a time, so that memory does not
 * grow with the number of pairs.
 */
final class PointSet {

  /** What a row of distances is used for; it may be changed. */
  @FunctionalInterface
  interface RowUser {
    void use(int i, double[] squaredDistances);
  }

  /** Rows that are computed together. */
  private static final int BLOCK = 512;

  /** Bound on the relative error of |x|² + |y|² − 2 x·y, for up to some thousand numbers. */
  private static final double ROUNDING = 1e-12;

  private final int dimension;
  private final double[][] rows;
  private final double[] squaredLengths;
  private final double greatestLength;

  private PointSet(int dimension, double[][] rows) {
    this.dimension = dimension;
    this.rows = rows;
    squaredLengths = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (double number : rows[i]) {
        squaredLengths[i] += number * number;
      }
    }
    greatestLength = Arrays.stream(squaredLengths).max().orElse(0);
  }

  /** The points of an array (N, d), in float64. */
  static PointSet of(NDArray points, String name) {
    Arguments.requireShape(points, name, -1, -1);
    int d = (int) points.getShape().get(1);
    double[] flat = Tensors.toDoubles(points);
    if (flat.length == 0) {
      throw new IllegalArgumentException(
          name + " must hold at least one point, but has shape " + points.getShape());
    }
    double[][] rows = new double[flat.length / d][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
      for (double number : rows[i]) {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException(
              name + " must be finite, but row " + i + " holds " + number);
        }
      }
    }
    return new PointSet(d, rows);
  }

  int size() {
    return rows.length;
  }

  int dimension() {
    return dimension;
  }

  /** Hands on the squared distances of each point to all others, in order. */
  void forEachRow(PointSet others, RowUser user) {
    for (int from = 0; from < size(); from += BLOCK) {
      int until = Math.min(size(), from + BLOCK);
      double[][] block = new double[until - from][others.size()];
      for (int left = 0; left < others.size(); left += BLOCK) {
        fill(block, from, until, others, left);
      }
      for (int i = from; i < until; i++) {
        user.use(i, block[i - from]);
      }
    }
  }

  private void fill(double[][] block, int from, int until, PointSet others, int left) {
    int right = Math.min(others.size(), left + BLOCK);
    double[] products =
        Scope.call(
            () ->
                Tensors.toDoubles(
                    array(from, until).matMul(others.array(left, right).transpose())));
    for (int i = from; i < until; i++) {
      for (int j = left; j < right; j++) {
        double product = products[(i - from) * (right - left) + j - left];
        double squared = squaredLengths[i] + others.squaredLengths[j] - 2 * product;
        block[i - from][j] = Math.max(0, squared);
      }
    }
  }

  private NDArray array(int from, int until) {
    double[] flat = new double[(until - from) * dimension];
    for (int i = from; i < until; i++) {
      System.arraycopy(rows[i], 0, flat, (i - from) * dimension, dimension);
    }
    return Tensors.of(flat, new Shape(until - from, dimension));
  }

  /** How far the squared distances of a row of {@link #forEachRow} may be off. */
  double rounding(int i, PointSet others) {
    return ROUNDING * (squaredLengths[i] + others.greatestLength);
  }

  /** The squared distance of one pair, summed term by term. */
  double squaredDistance(int i, PointSet others, int j) {
    double sum = 0;
    for (int k = 0; k < dimension; k++) {
      double difference = rows[i][k] - others.rows[j][k];
      sum += difference * difference;
    }
    return sum;
  }
}
