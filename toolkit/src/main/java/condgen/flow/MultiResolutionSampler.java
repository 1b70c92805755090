package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Draws images from coarse to fine: x_S = g_S⁻¹(z_S), then y_s = g_s⁻¹(z_s | x_{s+1}) and x_s =
 * M(y_s, x_{s+1}). From a given coarse image it is super-resolution.
 *
 * @param flow the model
 * @param numerics how its flows are solved; their trace is not needed
 * @param temperature factor of the noise; 1 for the model itself
 */
public record MultiResolutionSampler(
    MultiResolutionFlow flow, FlowNumerics numerics, double temperature) {

  /** Checks the temperature. */
  public MultiResolutionSampler {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature must be finite and not negative, but is " + temperature);
    }
  }

  /** The model itself. */
  public MultiResolutionSampler(MultiResolutionFlow flow, FlowNumerics numerics) {
    this(flow, numerics, 1);
  }

  /**
   * Draws images of all resolutions.
   *
   * @return x₁ to x_S, the finest first, (count, C, H, W) each; not yet limited to [0, 1], see
   *     {@link #toPixels}
   * @throws ArithmeticException with advice when a solver does not arrive
   */
  @Equation("4.3.16")
  public List<NDArray> sample(List<NDList> theta, Seeds seeds, long step, int count) {
    flow.requireOnePer(theta, "theta");
    int coarsest = flow.resolutions();
    NDArray z = noise(coarsest, seeds, step, count);
    NDArray x = flow.flows().get(coarsest - 1).inverse(theta.get(coarsest - 1), z, null, numerics);
    return draw(theta, coarsest, x, seeds, step);
  }

  /**
   * Draws the finer images that a coarse one may come from.
   *
   * @param coarse an image x_s in [0, 1], (B, C, h, w)
   * @return x₁ to x_s, the finest first; the last is the coarse image itself
   * @throws IllegalArgumentException when no resolution has the image's side
   */
  @Equation("4.3.16")
  public List<NDArray> superResolve(List<NDList> theta, NDArray coarse, Seeds seeds, long step) {
    flow.requireOnePer(theta, "theta");
    Arguments.requireShape(coarse, "coarse", -1, flow.channels(), -1, -1);
    for (int s = 1; s <= flow.resolutions(); s++) {
      long side = flow.sideOf(s);
      if (side == coarse.getShape().get(2) && side == coarse.getShape().get(3)) {
        return draw(theta, s, coarse, seeds, step);
      }
    }
    throw new IllegalArgumentException(
        String.format(
            "coarse must have the side of a resolution, %d to %d pixels, but has shape %s",
            flow.sideOf(flow.resolutions()), flow.side(), coarse.getShape()));
  }

  /** From x_s to x₁. */
  private List<NDArray> draw(List<NDList> theta, int from, NDArray start, Seeds seeds, long step) {
    try (Scope scope = Scope.open()) {
      List<NDArray> images = new ArrayList<>(List.of(start));
      NDArray x = start;
      int count = (int) start.getShape().get(0);
      for (int s = from - 1; s >= 1; s--) {
        x = finer(theta, s, noise(s, seeds, step, count), x);
        images.add(scope.keep(x));
      }
      Collections.reverse(images);
      return images;
    }
  }

  /**
   * One step of the way: from x_{s+1} to x_s.
   *
   * @param s the finer resolution, 1 the finest
   * @param z its noise, (B, 3C, h, w)
   * @param coarse x_{s+1}, (B, C, h, w)
   * @return (B, C, 2h, 2w)
   */
  @Equation("4.3.16")
  public NDArray finer(List<NDList> theta, int s, NDArray z, NDArray coarse) {
    NDArray y = flow.flows().get(s - 1).inverse(theta.get(s - 1), z, coarse, numerics);
    return flow.split().merge(y, coarse);
  }

  private NDArray noise(int s, Seeds seeds, long step, int count) {
    Seeds own = seeds.part("noise " + s);
    return flow.flows().get(s - 1).noise(own, step, flow.noiseShape(s), count, temperature);
  }

  /**
   * Pixels of a drawn image as the released code returns them: moved by half a level, in [0, 1].
   */
  public static NDArray toPixels(NDArray x) {
    return Scalars.add(x, -0.5 / 256).clip(0, 1);
  }
}
