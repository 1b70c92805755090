package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** placeholder Javadoc: H1 rewrites. */
public record GaussianFreeField(double gamma) implements GaussianNoise {

  private record Key(double gamma, long height, long width) {}

  private static final Map<Key, Spectrum> KNOWN = new ConcurrentHashMap<>();

  /** The spectrum λ for images of this size. */
  public Spectrum spectrum(long height, long width) {
    return KNOWN.computeIfAbsent(
        new Key(gamma, height, width), k -> Spectrum.of(eigenvalues((int) height, (int) width)));
  }

  private double[][] eigenvalues(int h, int w) {
    double[][] kappa = new double[h][w];
    double least = Math.min(1.0 / h, 1.0 / w);
    double sum = 0;
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        double k = Math.hypot(frequency(i, h), frequency(j, w)) / least;
        kappa[i][j] = i == 0 && j == 0 ? 1 : Math.pow(k, -2 * gamma);
        sum += kappa[i][j];
      }
    }
    for (double[] row : kappa) {
      for (int j = 0; j < w; j++) {
        row[j] *= h * w / sum;
      }
    }
    return kappa;
  }

  private static double frequency(int i, int n) {
    return (double) (i <= (n - 1) / 2 ? i : i - n) / n;
  }

  private Spectrum of(Shape shape) {
    int axes = shape.dimension();
    return spectrum(shape.get(axes - 2), shape.get(axes - 1));
  }

  @Override
  public NDArray sqrt(NDArray x) {
    return of(x.getShape()).sqrt(x);
  }

  @Override
  public NDArray inverseSqrt(NDArray x) {
    return of(x.getShape()).inverseSqrt(x);
  }

  @Override
  public NDArray covariance(NDArray x) {
    return of(x.getShape()).covariance(x);
  }

  @Override
  public NDArray precision(NDArray x) {
    return of(x.getShape()).precision(x);
  }

  @Override
  public double logDeterminant(Shape sample) {
    return of(sample).logDeterminant(sample);
  }
}
