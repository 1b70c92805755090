package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Fourier;
import java.util.function.DoubleUnaryOperator;

/** placeholder Javadoc: H1 rewrites. */
public final class Spectrum implements GaussianNoise {

  private final int height;
  private final int width;
  private final double[] lambda;
  private final double[] root;
  private final double[] inverseRoot;
  private final double[] inverse;

  private Spectrum(int height, int width, double[] lambda) {
    this.height = height;
    this.width = width;
    this.lambda = lambda;
    root = map(Math::sqrt);
    inverseRoot = map(l -> 1 / Math.sqrt(l));
    inverse = map(l -> 1 / l);
  }

  /** Noise with these eigenvalues λ_ij, h rows of w. */
  public static Spectrum of(double[][] eigenvalues) {
    int h = eigenvalues.length;
    int w = eigenvalues[0].length;
    double[] flat = new double[h * w];
    for (int i = 0; i < h; i++) {
      System.arraycopy(eigenvalues[i], 0, flat, i * w, w);
    }
    return new Spectrum(h, w, flat);
  }

  private double[] map(DoubleUnaryOperator p) {
    double[] out = new double[lambda.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = p.applyAsDouble(lambda[i]);
    }
    return out;
  }

  @Override
  public NDArray sqrt(NDArray x) {
    return times(root, x);
  }

  @Override
  public NDArray inverseSqrt(NDArray x) {
    return times(inverseRoot, x);
  }

  @Override
  public NDArray covariance(NDArray x) {
    return times(lambda, x);
  }

  @Override
  public NDArray precision(NDArray x) {
    return times(inverse, x);
  }

  @Override
  public double logDeterminant(Shape sample) {
    double sum = 0;
    for (double l : lambda) {
      sum += Math.log(l);
    }
    return sum * sample.size() / lambda.length;
  }

  private NDArray times(double[] multiplier, NDArray x) {
    int axes = x.getShape().dimension();
    if (axes < 3 || x.getShape().get(axes - 2) != height || x.getShape().get(axes - 1) != width) {
      throw new IllegalArgumentException(
          "x must have shape (batch, ..., " + height + ", " + width + "), but has " + x.getShape());
    }
    return Fourier.multiply(multiplier, x);
  }
}
