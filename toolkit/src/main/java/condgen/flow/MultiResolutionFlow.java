package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.multires.PatchSplit;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * MRCNF: one conditional flow per resolution. The coarsest turns an image x_S into noise; every
 * other turns the details y_s into noise, given the coarser image x_{s+1}. The log density of an
 * image is the sum of theirs, and an image is drawn from coarse to fine.
 *
 * <p>Parameters are a list of their own for each resolution, since each is trained by itself. As in
 * the thesis x₁ is the finest; every list here begins with it.
 *
 * @param flows one per resolution, the finest first
 * @param split how details are made
 * @param channels colours of an image
 * @param side of the finest image, in pixels
 */
public record MultiResolutionFlow(
    List<ResolutionFlow> flows, PatchSplit split, int channels, int side) {

  /** Checks that the flows fit together. */
  public MultiResolutionFlow {
    flows = List.copyOf(flows);
    if (flows.isEmpty() || side % (1 << (flows.size() - 1)) != 0) {
      throw new IllegalArgumentException(
          "side must be divisible by 2 to the number of flows less one, but is "
              + side
              + " with "
              + flows.size()
              + " flows");
    }
    for (int s = 0; s < flows.size(); s++) {
      boolean coarsest = s == flows.size() - 1;
      int state = flows.get(s).parts().state();
      int condition = flows.get(s).parts().condition();
      if (state != (coarsest ? channels : 3 * channels) || condition != (coarsest ? 0 : channels)) {
        throw new IllegalArgumentException(
            String.format(
                "flow %d must have %d channels and a condition of %d, but has %d and %d",
                s, coarsest ? channels : 3 * channels, coarsest ? 0 : channels, state, condition));
      }
    }
  }

  /** Number of resolutions S. */
  public int resolutions() {
    return flows.size();
  }

  /** Fresh parameters, one list per resolution. */
  public List<NDList> initialize(Seeds seeds) {
    List<NDList> theta = new ArrayList<>();
    for (int s = 0; s < flows.size(); s++) {
      theta.add(flows.get(s).initialize(seeds.part("resolution " + (s + 1))));
    }
    return theta;
  }

  /** Trainable numbers of all flows together. */
  public long parameterCount() {
    return flows.stream().mapToLong(ResolutionFlow::parameterCount).sum();
  }

  /** Numbers in one image of resolution s, 1 the finest. */
  public long dimensions(int s) {
    return (long) channels * sideOf(s) * sideOf(s);
  }

  /** Numbers that the flow of resolution s turns into noise, 1 the finest. */
  public long stateDimensions(int s) {
    return s == resolutions() ? dimensions(s) : 3 * dimensions(s + 1);
  }

  /** Side of x_s in pixels, 1 the finest. */
  public int sideOf(int s) {
    requireResolution(s);
    return side >> (s - 1);
  }

  /** Shape of one sample of the noise z_s, 1 the finest. */
  public Shape noiseShape(int s) {
    int noiseSide = s == resolutions() ? sideOf(s) : sideOf(s) / 2;
    return new Shape(flows.get(s - 1).parts().state(), noiseSide, noiseSide);
  }

  /**
   * The flows' passages from data to noise.
   *
   * @param inputs from {@link Dequantization#inputs}, one per resolution
   * @throws ArithmeticException with advice when a solver does not arrive
   */
  @Equation({"4.3.11", "4.3.12"})
  public List<Passage> forward(
      List<NDList> theta,
      List<ResolutionInput> inputs,
      FlowNumerics numerics,
      Seeds seeds,
      long step) {
    requireOnePer(theta, "theta");
    requireOnePer(inputs, "inputs");
    List<Passage> passages = new ArrayList<>();
    for (int s = 0; s < flows.size(); s++) {
      ResolutionFlow flow = flows.get(s);
      NDArray state = inputs.get(s).state();
      NDList probes = flow.probes(numerics, seeds.part("resolution " + (s + 1)), step, state);
      passages.add(flow.forward(theta.get(s), inputs.get(s), probes, numerics));
    }
    return passages;
  }

  /**
   * log p of the images of every resolution: of x_S, then with the details of one more resolution
   * each, log p(x_s) = log |det M⁻¹| + log p(y_s | x_{s+1}) + log p(x_{s+1}).
   *
   * @param passages of {@link #forward}
   * @return nats per image of pixels in [0, 1], (B) each; the first is log p(x)
   */
  @Equation({"4.3.7", "4.3.10"})
  public List<NDArray> logDensities(List<Passage> passages) {
    requireOnePer(passages, "passages");
    List<NDArray> sums = new ArrayList<>();
    NDArray sum = null;
    for (int s = resolutions(); s >= 1; s--) {
      NDArray own = flows.get(s - 1).logDensity(passages.get(s - 1));
      sum = sum == null ? own : sum.add(Scalars.add(own, logDeterminant(s)));
      sums.add(sum);
    }
    Collections.reverse(sums);
    return sums;
  }

  /** log |det M⁻¹| of the split of x_s, 1 the finest. */
  @Equation({"4.3.8", "4.3.9"})
  public double logDeterminant(int s) {
    requireResolution(s);
    int coarse = sideOf(s) / 2;
    return split.logDeterminant(new Shape(channels, coarse, coarse));
  }

  /**
   * Bits per dimension of images at their full resolution, without a gradient.
   *
   * @param inputs from {@link Dequantization#inputs}
   * @param bits of a level, as given there
   * @return (B)
   */
  @Equation({"4.3.10", "4.3.13"})
  public NDArray bitsPerDimension(
      List<NDList> theta,
      List<ResolutionInput> inputs,
      int bits,
      FlowNumerics numerics,
      Seeds seeds,
      long step) {
    try (Scope scope = Scope.open()) {
      List<Passage> passages = forward(theta, inputs, numerics.with(Regularizer.NONE), seeds, step);
      NDArray logDensity = logDensities(passages).get(0);
      return scope.keep(BitsPerDimension.ofLevels(logDensity, dimensions(1), bits));
    }
  }

  /**
   * Progressive growth: a finer resolution on top of this stack, whose own flows stay as they are.
   *
   * @param finer the flow of the details of twice the side
   */
  public MultiResolutionFlow finer(ResolutionFlow finer) {
    List<ResolutionFlow> all = new ArrayList<>(List.of(finer));
    all.addAll(flows);
    return new MultiResolutionFlow(all, split, channels, 2 * side);
  }

  private void requireResolution(int s) {
    if (s < 1 || s > resolutions()) {
      throw new IllegalArgumentException("s must be from 1 to " + resolutions() + ", but is " + s);
    }
  }

  void requireOnePer(List<?> list, String name) {
    if (list.size() != flows.size()) {
      throw new IllegalArgumentException(
          name
              + " must hold one entry per resolution, "
              + flows.size()
              + ", but holds "
              + list.size());
    }
  }
}
