package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Fourier;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Noise of images of one size with any stationary covariance on an image whose borders meet: the
 * covariance of two pixels depends on their distance alone. Its eigenvectors are then the waves of
 * the Fourier transform, and it is given by its eigenvalues λ_ij.
 *
 * <p>Every operator is Re IFFT2(λ^p · FFT2(x)) with p = 1, −1, ½ or −½ over the last two axes, so
 * channels and frames are independent. All are symmetric and commute.
 */
public final class Spectrum implements GaussianNoise {

  /** Smaller relative differences than this are rounding. */
  private static final double ROUNDING = 1e-12;

  private final int height;
  private final int width;
  private final double[] lambda;
  private final double[] root;
  private final double[] inverseRoot;
  private final double[] inverse;

  private Spectrum(Grid grid) {
    height = grid.height();
    width = grid.width();
    lambda = grid.numbers();
    root = map(Math::sqrt);
    inverseRoot = map(l -> 1 / Math.sqrt(l));
    inverse = map(l -> 1 / l);
  }

  /**
   * Noise with these eigenvalues.
   *
   * @param eigenvalues λ_ij, h rows of w positive numbers with λ_(−i, −j) = λ_ij, where −i is row h
   *     − i: index 0 is the constant wave
   * @throws IllegalArgumentException when the rows differ in length, or a number is not finite, not
   *     positive or not equal to its mirror image, saying where
   */
  public static Spectrum of(double[][] eigenvalues) {
    Grid grid = Grid.of("eigenvalues", eigenvalues);
    grid.requirePositive(Double.MIN_NORMAL, 0);
    grid.requireEven(ROUNDING);
    return new Spectrum(grid);
  }

  /** The same for eigenvalues of which the first is 0. */
  static Spectrum withoutConstantWave(double[][] eigenvalues) {
    Grid grid = Grid.of("eigenvalues", eigenvalues);
    grid.requirePositive(Double.MIN_NORMAL, 1);
    return new Spectrum(grid);
  }

  /**
   * Noise with this covariance between a pixel and the one a rows below and b columns to the right,
   * round the borders.
   *
   * @param lags C_ab, h rows of w numbers with C_(−a, −b) = C_ab; C_00 is the variance of a pixel
   * @throws IllegalArgumentException when the rows differ in length, a number is not finite or not
   *     equal to its mirror image, or the covariance is not positive definite, saying where
   */
  public static Spectrum ofCovariance(double[][] lags) {
    Grid grid = Grid.of("lags", lags);
    grid.requireEven(ROUNDING);
    double[] transform = impulse(grid.numbers(), grid.height(), grid.width());
    for (int i = 0; i < transform.length; i++) {
      transform[i] *= transform.length;
    }
    Grid lambda = new Grid("eigenvalues of lags", grid.height(), grid.width(), transform);
    lambda.requirePositive(ROUNDING * lambda.largest(), 0);
    return new Spectrum(lambda);
  }

  /** IFFT2(m): what the operator with these eigenvalues makes of a single pixel. */
  private static double[] impulse(double[] m, int h, int w) {
    return Scope.call(
        () -> {
          double[] pixel = new double[h * w];
          pixel[0] = 1;
          return Tensors.toDoubles(Fourier.multiply(m, Tensors.of(pixel, new Shape(h, w))));
        });
  }

  private double[] map(DoubleUnaryOperator p) {
    double[] out = new double[lambda.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = p.applyAsDouble(lambda[i]);
    }
    return out;
  }

  /** The eigenvalues λ_ij of Σ, h rows of w; their mean is the variance of a pixel. */
  @Equation("6.5.12")
  public double[][] eigenvalues() {
    return Grid.rows(lambda, width);
  }

  /**
   * The covariance of a pixel with the one a rows below and b columns to the right: IFFT2(λ)_ab, h
   * rows of w. Row and column h − a and w − b are the lags −a and −b.
   */
  public double[][] covarianceAtLags() {
    return Grid.rows(impulse(lambda, height, width), width);
  }

  /**
   * {@inheritDoc}
   *
   * @param x (batch, ..., h, w), float32 or float64
   */
  @Override
  @Equation({"6.5.6", "6.5.7", "6.5.8", "6.5.13"})
  public NDArray sqrt(NDArray x) {
    return times(root, x);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException if Σ has no inverse
   */
  @Override
  @Equation("6.5.15")
  public NDArray inverseSqrt(NDArray x) {
    requireInverse();
    return times(inverseRoot, x);
  }

  @Override
  public NDArray covariance(NDArray x) {
    return times(lambda, x);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException if Σ has no inverse
   */
  @Override
  @Equation("6.5.14")
  public NDArray precision(NDArray x) {
    requireInverse();
    return times(inverse, x);
  }

  /**
   * {@inheritDoc}
   *
   * @param sample (..., h, w): the sum of log λ_ij, once for each channel and frame
   * @throws UnsupportedOperationException if Σ has no inverse, so that there is no density
   */
  @Override
  @Equation("6.5.2-sec")
  public double logDeterminant(Shape sample) {
    requireSize(sample, 2, "sample must have shape (..., ");
    requireInverse();
    double sum = 0;
    for (double l : lambda) {
      sum += Math.log(l);
    }
    return sum * sample.size() / lambda.length;
  }

  private NDArray times(double[] multiplier, NDArray x) {
    requireSize(x.getShape(), 3, "x must have shape (batch, ..., ");
    return Fourier.multiply(multiplier, x);
  }

  private void requireSize(Shape shape, int least, String expected) {
    int axes = shape.dimension();
    if (axes < least || shape.get(axes - 2) != height || shape.get(axes - 1) != width) {
      throw new IllegalArgumentException(expected + height + ", " + width + "), but has " + shape);
    }
  }

  private void requireInverse() {
    if (lambda[0] == 0) {
      throw new UnsupportedOperationException(
          "This field has no inverse and no density, since the mean of its samples is always 0: it"
              + " can only be sampled. GaussianFreeField(gamma) has both.");
    }
  }

  @Override
  public String toString() {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double l : lambda) {
      least = Math.min(least, l);
      most = Math.max(most, l);
    }
    return String.format(
        Locale.ROOT, "Spectrum of %d x %d pixels, λ from %.4g to %.4g", height, width, least, most);
  }
}
