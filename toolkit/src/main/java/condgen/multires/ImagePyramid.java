package condgen.multires;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;

/** An image and its coarser versions: each is the average of the one before over 2 × 2 pixels. */
public final class ImagePyramid {

  private ImagePyramid() {}

  /**
   * x₁ = x, x₂, …, x_S.
   *
   * @param x (B, C, H, W), H and W divisible by 2^(levels − 1)
   * @param levels S, at least 1
   * @return the finest, which is x itself, first
   * @throws IllegalArgumentException when the sides cannot be halved so often
   */
  @Equation("4.3.1")
  public static List<NDArray> of(NDArray x, int levels) {
    requireLevels(x, levels);
    List<NDArray> images = new ArrayList<>();
    images.add(x);
    for (int s = 1; s < levels; s++) {
      images.add(average(images.get(s - 1)));
    }
    return List.copyOf(images);
  }

  /**
   * The mean of every 2 × 2 patch.
   *
   * @param x (B, C, 2h, 2w)
   * @return (B, C, h, w)
   */
  public static NDArray average(NDArray x) {
    requireLevels(x, 2);
    Shape s = x.getShape();
    return x.reshape(s.get(0), s.get(1), s.get(2) / 2, 2, s.get(3) / 2, 2)
        .mean(new int[] {3})
        .mean(new int[] {4});
  }

  static void requireLevels(NDArray x, int levels) {
    Arguments.requireShape(x, "x", -1, -1, -1, -1);
    if (levels < 1 || levels > 30) {
      throw new IllegalArgumentException("levels must be from 1 to 30, but is " + levels);
    }
    long factor = 1L << (levels - 1);
    Shape s = x.getShape();
    if (s.get(2) % factor != 0 || s.get(3) % factor != 0) {
      throw new IllegalArgumentException(
          "x must have sides divisible by "
              + factor
              + " for "
              + levels
              + " levels, but has shape "
              + s);
    }
  }
}
