package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.noise.GaussianNoise;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * How large the largest scale σ_L has to be: as large as the greatest distance between two data
 * points, the first technique of Song and Ermon (2020). Where noise is not white the distance is
 * the whitened one, ‖Σ^(−1/2) (x⁽ⁱ⁾ − x⁽ʲ⁾)‖.
 *
 * <p>Why: of points x drawn around x⁽ⁱ⁾ at scale σ, let r⁽ʲ⁾(x) be the probability that they came
 * from x⁽ʲ⁾. Its mean is at most ½ exp(−d² / (8 σ²)), so with σ far below d no sample would ever
 * find the way from one data point to the other.
 *
 * @param distance d, in units of σ
 */
public record InitialScale(double distance) {

  private static final int BLOCK = 1000;

  /**
   * Checks d.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public InitialScale {
    if (!(distance > 0 && distance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "distance must be positive and finite, but is " + distance);
    }
  }

  /**
   * The greatest whitened distance between two points of a data set, over all pairs, a block of
   * 1,000 rows at a time.
   *
   * @param data (n, sample...), at least two different points
   * @param noise N(0, Σ)
   * @throws IllegalArgumentException if all points are equal, or some number is not finite
   */
  @Equation({"6.3.10-sec-a", "6.3.10-sec-b", "6.3.10-sec-c"})
  public static InitialScale of(NDArray data, GaussianNoise noise) {
    Arguments.requireRows(data, "data", 2);
    long n = data.getShape().get(0);
    double greatest =
        Scope.call(
            () -> {
              NDArray white = fromTheFirst(data, noise);
              NDArray norm = white.square().sum(new int[] {1}).expandDims(0);
              double most = 0;
              for (long from = 0; from < n; from += BLOCK) {
                NDArray rows = white.get(from + ":" + Math.min(n, from + BLOCK));
                most = Math.max(most, Scope.call(() -> farthest(rows, white, norm)));
              }
              return most;
            });
    if (!(greatest > 0 && greatest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "data must hold finite points, two of them different, but their greatest squared"
              + " distance is "
              + greatest);
    }
    return new InitialScale(Math.sqrt(greatest));
  }

  /** Whitened differences from the first point: exactly 0 for points that equal it. */
  private static NDArray fromTheFirst(NDArray data, GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      NDArray white = noise.inverseSqrt(data.sub(data.get("0:1")));
      return scope.keep(white.reshape(data.getShape().get(0), -1));
    }
  }

  private static double farthest(NDArray rows, NDArray all, NDArray norm) {
    NDArray own = rows.square().sum(new int[] {1}, true);
    NDArray squared = Scalars.axpy(-2, rows.matMul(all.transpose()), own.add(norm));
    return Tensors.item(squared.max());
  }

  /**
   * ½ exp(−d² / (8 σ²)), which bounds the mean of r⁽ʲ⁾ over points around x⁽ⁱ⁾; 0.441 at σ = d.
   *
   * @param sigma σ, positive
   */
  @Equation("6.3.10-sec-a")
  public double bound(double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("sigma must be positive, but is " + sigma);
    }
    double ratio = distance / sigma;
    return 0.5 * Math.exp(-ratio * ratio / 8);
  }
}
