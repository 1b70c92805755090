package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Mean and covariance of a set's features, in double: all that the Fréchet distance sees of it.
 * Statistics of parts {@linkplain #plus add up} to those of the whole, so a large set never has to
 * be in memory at once.
 */
public final class FeatureStatistics {

  private final long count;
  private final RealVector mean;
  private final RealMatrix scatter;

  private FeatureStatistics(long count, RealVector mean, RealMatrix scatter) {
    this.count = count;
    this.mean = mean;
    this.scatter = scatter;
  }

  /**
   * Statistics of features.
   *
   * @param features (N, d), finite
   * @throws IllegalArgumentException if N or d is 0, or a number is NaN or infinite
   */
  public static FeatureStatistics of(NDArray features) {
    Arguments.requireShape(features, "features", -1, -1);
    long n = features.getShape().get(0);
    int d = (int) features.getShape().get(1);
    if (n < 1 || d < 1) {
      throw new IllegalArgumentException(
          "features must hold at least one row and one column, but have shape "
              + features.getShape());
    }
    if (!Tensors.isFinite(features)) {
      throw new IllegalArgumentException(
          "features must be finite, but hold NaN or infinite numbers");
    }
    return Scope.call(
        () -> {
          NDArray wide = features.toType(DataType.FLOAT64, true);
          NDArray mean = wide.mean(new int[] {0}, true);
          NDArray centred = wide.sub(mean);
          double[] scatter = Tensors.toDoubles(centred.transpose().matMul(centred));
          return new FeatureStatistics(
              n, new ArrayRealVector(Tensors.toDoubles(mean), false), square(scatter, d));
        });
  }

  /**
   * Statistics of images, {@code batch} at a time.
   *
   * @param images (N, C, H, W) in [−1, 1], N at least 1
   * @param batch images that go through the network together, at least 1
   * @throws IllegalArgumentException if there are no images, or the features are not as many as the
   *     network says
   */
  public static FeatureStatistics of(FeatureNetwork network, NDArray images, int batch) {
    Arguments.requireShape(images, "images", -1, -1, -1, -1);
    Arguments.requireRows(images, "images", 1);
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, but is " + batch);
    }
    long n = images.getShape().get(0);
    FeatureStatistics all = null;
    for (long from = 0; from < n; from += batch) {
      String rows = from + ":" + Math.min(n, from + batch);
      FeatureStatistics part = Scope.call(() -> ofPart(network, images.get(rows)));
      all = all == null ? part : all.plus(part);
    }
    return all;
  }

  private static FeatureStatistics ofPart(FeatureNetwork network, NDArray images) {
    NDArray features = network.features(images);
    long count = images.getShape().get(0);
    Arguments.requireShape(features, "features of " + network.name(), count, network.dimension());
    return of(features);
  }

  /**
   * Statistics from a known mean and covariance.
   *
   * @param count N, at least 2
   * @param mean d numbers
   * @param covariance d rows of d numbers, with the divisor N − 1
   */
  public static FeatureStatistics of(long count, double[] mean, double[][] covariance) {
    if (count < 2) {
      throw new IllegalArgumentException("count must be at least 2, but is " + count);
    }
    RealMatrix matrix = new Array2DRowRealMatrix(covariance, true);
    if (matrix.getRowDimension() != mean.length || !matrix.isSquare()) {
      throw new IllegalArgumentException(
          "covariance must be %d x %d as mean is, but is %d x %d"
              .formatted(
                  mean.length, mean.length, matrix.getRowDimension(), matrix.getColumnDimension()));
    }
    requireFinite(matrix, mean);
    return new FeatureStatistics(
        count, new ArrayRealVector(mean, true), matrix.scalarMultiply(count - 1));
  }

  private static void requireFinite(RealMatrix covariance, double[] mean) {
    for (int i = 0; i < mean.length; i++) {
      double sum = mean[i] - mean[i];
      for (int k = 0; k < mean.length; k++) {
        sum += covariance.getEntry(i, k) - covariance.getEntry(i, k);
      }
      if (sum != 0) {
        throw new IllegalArgumentException(
            "mean and covariance must be finite, but row " + i + " is not");
      }
    }
  }

  private static RealMatrix square(double[] flat, int d) {
    double[][] rows = new double[d][d];
    for (int i = 0; i < d; i++) {
      System.arraycopy(flat, i * d, rows[i], 0, d);
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  /**
   * Statistics of both sets together.
   *
   * @throws IllegalArgumentException if they have different numbers of features
   */
  public FeatureStatistics plus(FeatureStatistics other) {
    requireSameDimension(other);
    double n = (double) count + other.count;
    RealVector apart = other.mean.subtract(mean);
    RealMatrix between = apart.outerProduct(apart).scalarMultiply(count * (other.count / n));
    return new FeatureStatistics(
        count + other.count,
        mean.add(apart.mapMultiply(other.count / n)),
        scatter.add(other.scatter).add(between));
  }

  void requireSameDimension(FeatureStatistics other) {
    if (other.dimension() != dimension()) {
      throw new IllegalArgumentException(
          "both sets must have one number of features, but have "
              + dimension()
              + " and "
              + other.dimension());
    }
  }

  /** The number of samples N. */
  public long count() {
    return count;
  }

  /** The number of features d. */
  public int dimension() {
    return mean.getDimension();
  }

  /** The mean, d numbers. */
  public double[] mean() {
    return mean.toArray();
  }

  /**
   * The covariance with the divisor N − 1, d rows of d numbers.
   *
   * @throws IllegalArgumentException if there is one sample only
   */
  public double[][] covariance() {
    return matrix().getData();
  }

  /** Sums of products of deviations from the mean: (N − 1) times the covariance. */
  double[][] scatter() {
    return scatter.getData();
  }

  /** Statistics from their three parts, which are not checked. */
  static FeatureStatistics ofScatter(long count, double[] mean, double[] flatScatter) {
    return new FeatureStatistics(
        count, new ArrayRealVector(mean, true), square(flatScatter, mean.length));
  }

  RealMatrix matrix() {
    if (count < 2) {
      throw new IllegalArgumentException(
          "a covariance needs at least 2 samples, but there is " + count);
    }
    return scatter.scalarMultiply(1.0 / (count - 1));
  }

  /** A short text: number of samples and of features. */
  @Override
  public String toString() {
    return String.format("%,d samples of %,d features", count, dimension());
  }
}
