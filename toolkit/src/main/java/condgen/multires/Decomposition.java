package condgen.multires;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;

/**
 * An image taken apart level by level: x → (y₁, x₂) → (y₁, y₂, x₃) → … → (y₁, …, y₍S₋₁₎, x_S).
 *
 * @param split the transform of each level
 * @param details y₁ to y₍S₋₁₎, finest first; y_s is (B, 3C, H/2^s, W/2^s); may be empty
 * @param coarsest x_S, (B, C, H/2^(S−1), W/2^(S−1))
 */
public record Decomposition(PatchSplit split, List<NDArray> details, NDArray coarsest) {

  /** Makes the list unchangeable. */
  public Decomposition {
    details = List.copyOf(details);
  }

  /**
   * Takes images apart.
   *
   * @param x (B, C, H, W), H and W divisible by 2^(levels − 1)
   * @param levels S, at least 1
   * @throws IllegalArgumentException when the sides cannot be halved so often
   */
  @Equation("4.3.1")
  public static Decomposition of(PatchSplit split, NDArray x, int levels) {
    ImagePyramid.requireLevels(x, levels);
    List<NDArray> details = new ArrayList<>();
    NDArray coarse = x;
    for (int s = 1; s < levels; s++) {
      PatchSplit.Parts parts = split.split(coarse);
      details.add(parts.details());
      coarse = parts.coarse();
    }
    return new Decomposition(split, details, coarse);
  }

  /** The image again, (B, C, H, W). */
  @Equation({"4.3.1", "4.3.6"})
  public NDArray compose() {
    NDArray x = coarsest;
    for (int s = details.size() - 1; s >= 0; s--) {
      x = split.merge(details.get(s), x);
    }
    return x;
  }

  /** Number of levels S. */
  public int levels() {
    return details.size() + 1;
  }

  /** log |det| of the whole change x → (y₁, …, x_S) of one image. */
  @Equation("4.3.7")
  public double logDeterminant() {
    double sum = 0;
    for (NDArray y : details) {
      Shape s = y.getShape();
      sum += split.logDeterminant(new Shape(s.get(1) / 3, s.get(2), s.get(3)));
    }
    return sum;
  }
}
