package condgen.noise;

import condgen.thesis.Equation;
import condgen.thesis.Figure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Gaussian free field: noise whose waves fall in amplitude like 1 / |k|^γ, so that neighbouring
 * pixels resemble each other. γ = 0 is white noise, γ = 1 the field of the thesis; every pixel has
 * variance 1 whatever γ.
 *
 * <p>With wave numbers κ_ij = √(f_i² + f_j²), signed frequencies f in cycles per pixel, divided by
 * the least one that is not 0, the eigenvalues of Σ are λ_ij = κ_ij^(−2γ) / c² with c² = mean
 * κ^(−2γ). The constant wave, which the thesis leaves open, counts as the longest: κ_00 = 1. So Σ
 * is positive definite, and the mean of one sample over its pixels is N(0, λ_00 / N). {@link
 * #zeroMean} is the other rule.
 *
 * <p>Σ gets the worse to invert the larger γ: at 32 × 32 its condition number is 512 for γ = 1 and
 * 10⁸ for γ = 3. In float32 whitening a sample gives the white noise back to 1e-6 for γ = 1.
 *
 * @param gamma γ, finite and at least 0
 */
@Figure({"6.1", "6.3"})
@Equation("6.5.3-sec")
public record GaussianFreeField(double gamma) implements StationaryNoise {

  /** So many spectra are remembered; a run uses few, and one of 256 × 256 pixels takes 2 MB. */
  private static final int MOST = 32;

  private record Key(double gamma, long height, long width) {}

  private static final Map<Key, Spectrum> KNOWN = new ConcurrentHashMap<>();

  /**
   * Checks γ.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public GaussianFreeField {
    if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gamma must be finite and at least 0, but is " + gamma);
    }
  }

  /**
   * The field without a constant wave, λ_00 = 0: all samples have mean 0 over their pixels. It is
   * the mathematician's field, and good for pictures: it can be sampled, but Σ has no inverse and
   * the field no density, so {@link #inverseSqrt}, {@link #precision} and {@link #logDeterminant}
   * throw UnsupportedOperationException.
   *
   * @param gamma γ, finite and at least 0
   */
  public static StationaryNoise zeroMean(double gamma) {
    return new ZeroMeanField(new GaussianFreeField(gamma));
  }

  @Override
  @Equation("6.1-text")
  public Spectrum spectrum(long height, long width) {
    Key key = new Key(gamma, height, width);
    Spectrum known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    Spectrum made = Spectrum.of(eigenvalues(height, width, 1));
    if (KNOWN.size() >= MOST) {
      KNOWN.clear();
    }
    KNOWN.put(key, made);
    return made;
  }

  /**
   * The wave numbers κ_ij, the thesis's |k_ij|: 1 for the longest wave, and for a square image the
   * length of the integer vector (i, j) of periods. κ_00 = 1.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @return height rows of width numbers
   */
  @Equation("6.5-K")
  public static double[][] waveNumbers(long height, long width) {
    int h = requireSize(height, "height");
    int w = requireSize(width, "width");
    double least = Math.min(1.0 / h, 1.0 / w);
    double[][] kappa = new double[h][w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        kappa[i][j] = Math.hypot(frequency(i, h), frequency(j, w)) / least;
      }
    }
    kappa[0][0] = 1;
    return kappa;
  }

  /**
   * c = √(mean κ^(−2γ)): the standard deviation of a pixel of W⁻¹ K⁻¹ W z, by which it has to be
   * divided. The thesis's σ_N is c in 6.5.3 and c / √(2N) from 6.5.4 on.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  @Equation({"6.5.1-sec", "6.5.4"})
  public double rawDeviation(long height, long width) {
    return Math.sqrt(mean(powers(height, width, 1)));
  }

  /** λ = κ^(−2γ) / c² with this power of the constant wave. */
  double[][] eigenvalues(long height, long width, double constant) {
    double[][] lambda = powers(height, width, constant);
    double squared = mean(lambda);
    for (double[] row : lambda) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= squared;
      }
    }
    return lambda;
  }

  private double[][] powers(long height, long width, double constant) {
    double[][] powers = waveNumbers(height, width);
    for (double[] row : powers) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.pow(row[j], -2 * gamma);
      }
    }
    powers[0][0] = constant;
    return powers;
  }

  private static double mean(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      for (double number : row) {
        sum += number;
      }
    }
    return sum / rows.length / rows[0].length;
  }

  private static double frequency(int i, int n) {
    return (double) (i <= (n - 1) / 2 ? i : i - n) / n;
  }

  private static int requireSize(long size, String name) {
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + size);
    }
    return (int) size;
  }
}
