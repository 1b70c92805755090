package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.multires.ImagePyramid;
import condgen.multires.PatchSplit;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * How images of whole levels become numbers with a density, x = (v + u)/2^bits, at every
 * resolution.
 *
 * <p>The thesis takes one image apart, so the condition of a flow is exactly the average of what it
 * completes, and the sum 4.3.10 is the density of one image ({@link #SHARED}). The released code
 * draws noise anew at every resolution and once more for the condition, so the parts belong to
 * slightly different images ({@link #RELEASED}): its sum is no density of one image, although the
 * numbers hardly differ.
 */
public enum Dequantization {
  /** One noise at the finest resolution; everything coarser is its average. */
  SHARED {
    @Override
    List<ResolutionInput> inputs(
        PatchSplit split, List<NDArray> pyramid, int bits, Function<Shape, NDArray> uniform) {
      NDArray finest = pyramid.get(0);
      NDArray x = unit(finest, uniform.apply(finest.getShape()), bits);
      List<ResolutionInput> inputs = new ArrayList<>();
      for (int s = 1; s < pyramid.size(); s++) {
        PatchSplit.Parts parts = split.split(x);
        inputs.add(new ResolutionInput(parts.details(), parts.coarse()));
        x = parts.coarse();
      }
      inputs.add(new ResolutionInput(x, null));
      return inputs;
    }
  },
  /** Fresh noise for the image and for the condition of every resolution, coarsest first. */
  RELEASED {
    @Override
    List<ResolutionInput> inputs(
        PatchSplit split, List<NDArray> pyramid, int bits, Function<Shape, NDArray> uniform) {
      List<ResolutionInput> inputs = new ArrayList<>();
      NDArray condition = null;
      for (int s = pyramid.size() - 1; s >= 0; s--) {
        NDArray v = pyramid.get(s);
        NDArray x = unit(v, uniform.apply(v.getShape()), bits);
        boolean coarsest = condition == null;
        inputs.add(new ResolutionInput(coarsest ? x : split.split(x).details(), condition));
        if (s > 0) {
          condition = unit(v, uniform.apply(v.getShape()), bits).clip(0, 1);
        }
      }
      Collections.reverse(inputs);
      return inputs;
    }
  },
  /** No noise: the middle of each level, for looking and for tests. */
  MIDPOINT {
    @Override
    List<ResolutionInput> inputs(
        PatchSplit split, List<NDArray> pyramid, int bits, Function<Shape, NDArray> uniform) {
      return RELEASED.inputs(
          split, pyramid, bits, shape -> Tensors.full(shape, 0.5, pyramid.get(0).getDataType()));
    }
  };

  abstract List<ResolutionInput> inputs(
      PatchSplit split, List<NDArray> pyramid, int bits, Function<Shape, NDArray> uniform);

  /**
   * What each resolution's flow sees.
   *
   * @param levels whole numbers from 0 to 2^bits − 1, (B, C, H, W), floating point
   * @param bits of a level, 1 to 8
   * @param resolutions S, at least 1
   * @param split how details are made
   * @param seeds with the step, where the noise comes from
   * @return one per resolution, the finest first
   * @throws IllegalArgumentException when the sides cannot be halved so often
   */
  @Equation({"4.3.1", "4.3.5-8bit"})
  public final List<ResolutionInput> inputs(
      NDArray levels, int bits, int resolutions, PatchSplit split, Seeds seeds, long step) {
    int[] drawn = {0};
    return inputs(
        levels,
        bits,
        resolutions,
        split,
        shape -> seeds.part("dequantization " + drawn[0]++).uniform(step, 0, 1, shape));
  }

  /** The same with the uniform noise given, in the order of use. */
  final List<ResolutionInput> inputs(
      NDArray levels,
      int bits,
      int resolutions,
      PatchSplit split,
      Function<Shape, NDArray> uniform) {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("bits must be from 1 to 8, but is " + bits);
    }
    return List.copyOf(inputs(split, ImagePyramid.of(levels, resolutions), bits, uniform));
  }

  private static NDArray unit(NDArray v, NDArray u, int bits) {
    return Scalars.scale(v.add(u), 1.0 / (1 << bits));
  }
}
