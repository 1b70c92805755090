package condgen.metrics;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Arguments;
import java.util.Arrays;

/**
 * Balls around the points of a set, each reaching to the point's k-th nearest other point: where
 * the set is, roughly (Kynkäänniemi et al., 2019). Distances are Euclidean, in float64.
 */
public final class NeighbourBalls {

  private final PointSet centres;
  private final double[] squaredRadii;

  private NeighbourBalls(PointSet centres, double[] squaredRadii) {
    this.centres = centres;
    this.squaredRadii = squaredRadii;
  }

  /**
   * The balls of a set.
   *
   * @param points (N, d), finite, N above k
   * @param k which neighbour, from 1
   */
  public static NeighbourBalls of(NDArray points, int k) {
    PointSet centres = PointSet.of(points, "points");
    if (k < 1 || k >= centres.size()) {
      throw new IllegalArgumentException(
          "k must be between 1 and the number of points less one ("
              + (centres.size() - 1)
              + "), but is "
              + k);
    }
    double[] squaredRadii = new double[centres.size()];
    centres.forEachRow(
        centres,
        (i, row) -> {
          row[i] = Double.POSITIVE_INFINITY;
          squaredRadii[i] = kthSmallest(centres, i, row, k);
        });
    return new NeighbourBalls(centres, squaredRadii);
  }

  /**
   * The k-th smallest of a row of squared distances. Those too near to it for the rounding of a
   * matrix product are computed once more, term by term.
   */
  private static double kthSmallest(PointSet points, int i, double[] row, int k) {
    double[] sorted = row.clone();
    Arrays.sort(sorted);
    double near = sorted[k - 1];
    double doubt = 2 * points.rounding(i, points);
    int below = 0;
    int close = 0;
    double[] exact = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      if (row[j] < near - doubt) {
        below++;
      } else if (row[j] <= near + doubt) {
        exact[close++] = points.squaredDistance(i, points, j);
      }
    }
    Arrays.sort(exact, 0, close);
    return exact[k - 1 - below];
  }

  /** The radius of each ball, N numbers in the order of the points. */
  public double[] radii() {
    return Arrays.stream(squaredRadii).map(Math::sqrt).toArray();
  }

  /**
   * Which points lie within some ball; its surface belongs to it.
   *
   * @param points (M, d)
   * @return M answers
   */
  public boolean[] contain(NDArray points) {
    Arguments.requireShape(points, "points", -1, centres.dimension());
    PointSet others = PointSet.of(points, "points");
    boolean[] inside = new boolean[others.size()];
    others.forEachRow(centres, (i, row) -> inside[i] = isInside(others, i, row));
    return inside;
  }

  private boolean isInside(PointSet others, int i, double[] row) {
    double doubt = others.rounding(i, centres);
    for (int j = 0; j < row.length; j++) {
      double over = row[j] - squaredRadii[j];
      boolean sure = over <= -doubt;
      if (sure || over <= doubt && others.squaredDistance(i, centres, j) <= squaredRadii[j]) {
        return true;
      }
    }
    return false;
  }

  /** The share of points that lie within some ball. */
  public double share(NDArray points) {
    boolean[] inside = contain(points);
    int count = 0;
    for (boolean one : inside) {
      count += one ? 1 : 0;
    }
    return (double) count / inside.length;
  }
}
