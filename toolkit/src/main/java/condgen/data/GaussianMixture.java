package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A mixture of round Gaussians, Σₖ wₖ N(mₖ, sₖ² I): data whose density and score are known in
 * closed form at every noise level. With scale a and added variance v it becomes Σₖ wₖ N(a mₖ, (a²
 * sₖ² + v) I), a mixture again.
 *
 * <p>Points are (n, D), float32 or float64; D = 1 for a mixture on the line.
 */
public final class GaussianMixture {

  private final double[] weights;
  private final double[][] means;
  private final double[] deviations;

  /**
   * A mixture of K components.
   *
   * @param weights K positive numbers; they are divided by their sum
   * @param means K points of D coordinates each
   * @param deviations K standard deviations, positive
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  public GaussianMixture(double[] weights, double[][] means, double[] deviations) {
    if (means.length == 0 || means[0].length == 0) {
      throw new IllegalArgumentException("means must hold at least one point, but is empty");
    }
    requirePositive("weights", weights, means.length);
    requirePositive("deviations", deviations, means.length);
    for (double[] mean : means) {
      if (mean.length != means[0].length || !DoubleStream.of(mean).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "means must be finite points of one dimension, " + means[0].length + ", but are not");
      }
    }
    double total = DoubleStream.of(weights).sum();
    this.weights = DoubleStream.of(weights).map(w -> w / total).toArray();
    this.means = Stream.of(means).map(double[]::clone).toArray(double[][]::new);
    this.deviations = deviations.clone();
  }

  private static void requirePositive(String name, double[] values, int count) {
    if (values.length != count) {
      throw new IllegalArgumentException(
          name + " must be one per mean (" + count + "), but are " + values.length);
    }
    for (double value : values) {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            name + " must be positive and finite, but hold " + value);
      }
    }
  }

  /** A mixture on the line; arguments as in the constructor, with one number per mean. */
  public static GaussianMixture onLine(double[] weights, double[] means, double[] deviations) {
    return new GaussianMixture(
        weights,
        DoubleStream.of(means).mapToObj(m -> new double[] {m}).toArray(double[][]::new),
        deviations);
  }

  /** Equal components, evenly spaced on a circle around the origin of the plane. */
  public static GaussianMixture ring(int components, double radius, double deviation) {
    if (components < 1) {
      throw new IllegalArgumentException("components must be at least 1, but is " + components);
    }
    double[][] means = new double[components][];
    for (int k = 0; k < components; k++) {
      double angle = 2 * Math.PI * k / components;
      means[k] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }
    double[] ones = DoubleStream.generate(() -> 1).limit(components).toArray();
    return new GaussianMixture(ones, means, DoubleStream.of(ones).map(one -> deviation).toArray());
  }

  /** D. */
  public int dimension() {
    return means[0].length;
  }

  /** The mean, D numbers. */
  public double[] mean() {
    double[] mean = new double[dimension()];
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weights[k] * means[k][i];
      }
    }
    return mean;
  }

  /** The covariance, D rows of D numbers. */
  public double[][] covariance() {
    double[] mean = mean();
    double[][] covariance = new double[mean.length][mean.length];
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        covariance[i][i] += weights[k] * deviations[k] * deviations[k];
        for (int j = 0; j < mean.length; j++) {
          covariance[i][j] += weights[k] * (means[k][i] - mean[i]) * (means[k][j] - mean[j]);
        }
      }
    }
    return covariance;
  }

  /**
   * The distribution of a x + √v ε, with x from this mixture and white ε.
   *
   * @param scale a, not 0 unless v is positive
   * @param addedVariance v, at least 0
   */
  public GaussianMixture noised(double scale, double addedVariance) {
    if (!(addedVariance >= 0)) {
      throw new IllegalArgumentException(
          "added variance must be at least 0, but is " + addedVariance);
    }
    double[][] scaled = new double[means.length][];
    double[] wider = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      scaled[k] = DoubleStream.of(means[k]).map(m -> scale * m).toArray();
      wider[k] = Math.sqrt(scale * scale * deviations[k] * deviations[k] + addedVariance);
    }
    return new GaussianMixture(weights, scaled, wider);
  }

  /** log p of each point: (n, D) to (n). */
  public NDArray logDensity(NDArray x) {
    MixtureScore parts = parts(x);
    NDArray each = parts.logJoint(x);
    NDArray most = each.max(new int[] {1}, true);
    NDArray sum = each.sub(most).exp().sum(new int[] {1});
    return sum.log().add(most.squeeze(1));
  }

  /** p at one point of D coordinates. */
  public double density(double... point) {
    if (point.length != dimension()) {
      throw new IllegalArgumentException(
          "point must have " + dimension() + " coordinates, but has " + point.length);
    }
    double density = 0;
    for (int k = 0; k < means.length; k++) {
      double square = 0;
      for (int i = 0; i < point.length; i++) {
        square += (point[i] - means[k][i]) * (point[i] - means[k][i]);
      }
      double variance = deviations[k] * deviations[k];
      density +=
          weights[k]
              * Math.exp(-square / (2 * variance))
              / Math.pow(2 * Math.PI * variance, point.length / 2.0);
    }
    return density;
  }

  /** ∇ log p at each point: (n, D) to (n, D). */
  public NDArray score(NDArray x) {
    return parts(x).value(new NDArray[] {x});
  }

  /** ∇ log p, with the products with its Jacobian that a {@link Dual} carries. */
  public Dual score(Dual x) {
    return Dual.apply(parts(x.value()), x);
  }

  /** The score of {@link #noised}: that of a x + √v ε. */
  public NDArray score(NDArray x, double scale, double addedVariance) {
    return noised(scale, addedVariance).score(x);
  }

  /** The score of {@link #noised} with the products with its Jacobian. */
  public Dual score(Dual x, double scale, double addedVariance) {
    return noised(scale, addedVariance).score(x);
  }

  private MixtureScore parts(NDArray x) {
    Arguments.requireShape(x, "x", -1, dimension());
    int count = means.length;
    double[] flat = Stream.of(means).flatMapToDouble(DoubleStream::of).toArray();
    double[] precisions = DoubleStream.of(deviations).map(s -> 1 / (s * s)).toArray();
    double[] constants = new double[count];
    for (int k = 0; k < count; k++) {
      double volume = Math.log(2 * Math.PI * deviations[k] * deviations[k]);
      constants[k] = Math.log(weights[k]) - 0.5 * dimension() * volume;
    }
    return new MixtureScore(
        array(x, flat, count, dimension()),
        array(x, precisions, count),
        array(x, constants, count));
  }

  private static NDArray array(NDArray like, double[] values, long... shape) {
    return Tensors.of(values, new Shape(shape)).toType(like.getDataType(), false);
  }

  /**
   * Draws n points; point i depends on (seeds, i) alone.
   *
   * @return (n, D), float32
   */
  public NDArray sample(Seeds seeds, int n) {
    return Points.draw(seeds.part("mixture"), n, dimension(), this::point);
  }

  private double[] point(SplittableRandom random) {
    double left = random.nextDouble();
    int k = 0;
    while (k < weights.length - 1 && left >= weights[k]) {
      left -= weights[k++];
    }
    double deviation = deviations[k];
    return DoubleStream.of(means[k]).map(m -> m + deviation * random.nextGaussian()).toArray();
  }
}
