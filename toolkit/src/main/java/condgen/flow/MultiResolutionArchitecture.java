package condgen.flow;

import ai.djl.ndarray.NDArray;
import condgen.multires.PatchSplit;
import condgen.multires.ResolutionNoise;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The numbers that a multi-resolution flow is built from; presets are values of this record.
 *
 * @param channels colours of an image
 * @param side of the finest image
 * @param split how details are made: an ablation of the thesis
 * @param blocks continuous flows of each resolution, the finest first
 * @param hidden channels between the convolutions of a field
 * @param logit fixed map of pixels in front of the flow; its α, or 0 for pixels minus a half
 * @param noise side of the image whose noise has variance one; 0 for variance one everywhere,
 *     without multi-resolution noise: another ablation of the thesis
 * @param scaled whether a last fixed map multiplies by the noise's deviation, as the released code
 *     does, which makes the choice of noise immaterial
 * @param standard fixed maps that give the data of each resolution mean 0 and the noise's deviation
 *     before the blocks, the finest first; empty for none, as in the thesis. From {@link
 *     #standardized}
 */
public record MultiResolutionArchitecture(
    int channels,
    int side,
    PatchSplit split,
    List<Integer> blocks,
    List<Integer> hidden,
    double logit,
    int noise,
    boolean scaled,
    List<AffineTransform> standard) {

  private static final List<Integer> RELEASED_HIDDEN = List.of(64, 64, 64);

  /** Checks the numbers that nothing else checks. */
  public MultiResolutionArchitecture {
    blocks = List.copyOf(blocks);
    hidden = List.copyOf(hidden);
    standard = List.copyOf(standard);
    if (!standard.isEmpty() && standard.size() != blocks.size()) {
      throw new IllegalArgumentException(
          "standard must be empty or hold one map per resolution, "
              + blocks.size()
              + ", but holds "
              + standard.size());
    }
    if (blocks.isEmpty() || channels < 1 || logit < 0 || noise < 0) {
      throw new IllegalArgumentException(
          String.format(
              "blocks must not be empty, channels be at least 1, logit and noise not negative,"
                  + " but are %s, %d, %s, %d",
              blocks, channels, logit, noise));
    }
  }

  /**
   * The released code's model: unimodular split, 64 channels, α = 0.05, noise of unit variance at
   * side 64.
   *
   * @param resolutions S
   * @param blocks continuous flows of each resolution
   */
  public static MultiResolutionArchitecture released(
      int channels, int side, int resolutions, int blocks) {
    return new MultiResolutionArchitecture(
        channels,
        side,
        PatchSplit.UNIMODULAR,
        Collections.nCopies(resolutions, blocks),
        RELEASED_HIDDEN,
        LogitTransform.RELEASED.alpha(),
        ResolutionNoise.RELEASED_UNIT,
        true,
        List.of());
  }

  /** With another split. */
  public MultiResolutionArchitecture with(PatchSplit other) {
    return new MultiResolutionArchitecture(
        channels, side, other, blocks, hidden, logit, noise, scaled, standard);
  }

  /** With other blocks of each resolution, the finest first. */
  public MultiResolutionArchitecture blocks(Integer... other) {
    return new MultiResolutionArchitecture(
        channels, side, split, List.of(other), hidden, logit, noise, scaled, standard);
  }

  /** With other widths between the convolutions. */
  public MultiResolutionArchitecture hidden(Integer... other) {
    return new MultiResolutionArchitecture(
        channels, side, split, blocks, List.of(other), logit, noise, scaled, standard);
  }

  /** With another α of the logit; 0 for none. */
  public MultiResolutionArchitecture logit(double alpha) {
    return new MultiResolutionArchitecture(
        channels, side, split, blocks, hidden, alpha, noise, scaled, standard);
  }

  /** With other noise: the side of unit variance, or 0 for unit variance everywhere. */
  public MultiResolutionArchitecture noise(int unitSide, boolean scaledToIt) {
    return new MultiResolutionArchitecture(
        channels, side, split, blocks, hidden, logit, unitSide, scaledToIt, standard);
  }

  /**
   * The same with fixed maps after which the data of each resolution have mean 0 and the deviation
   * of its noise, so that a flow need not begin with a change of scale that takes long to learn.
   *
   * @param inputs a large batch of training data
   */
  public MultiResolutionArchitecture standardized(List<ResolutionInput> inputs) {
    MultiResolutionArchitecture plain =
        new MultiResolutionArchitecture(
            channels, side, split, blocks, hidden, logit, noise, scaled, List.of());
    List<AffineTransform> maps = new ArrayList<>();
    for (int s = 1; s <= blocks.size(); s++) {
      ResolutionFlow flow = plain.build().flows().get(s - 1);
      double target = scaled ? 1 : flow.parts().deviation();
      NDArray v = flow.start(inputs.get(s - 1)).end();
      double mean = Tensors.item(v.mean());
      double deviation = Math.sqrt(Tensors.item(Scalars.add(v, -mean).square().mean()));
      double scale = target / deviation;
      maps.add(new AffineTransform(scale, -mean * scale));
    }
    return new MultiResolutionArchitecture(
        channels, side, split, blocks, hidden, logit, noise, scaled, maps);
  }

  /** Builds the model. */
  public MultiResolutionFlow build() {
    List<ResolutionFlow> flows = new ArrayList<>();
    for (int s = 1; s <= blocks.size(); s++) {
      boolean coarsest = s == blocks.size();
      flows.add(
          new ResolutionFlow(
              new ResolutionFlow.Parts(
                  coarsest ? channels : 3 * channels,
                  coarsest ? 0 : channels,
                  before(s, coarsest),
                  blocks.get(s - 1),
                  hidden,
                  deviation(s, coarsest),
                  scaled)));
    }
    return new MultiResolutionFlow(flows, split, channels, side);
  }

  /**
   * The coarsest image goes through the logit. Details do so only under the Haar split, whose
   * values are in [−1, 1] and are moved to [0, 1] first; the unimodular ones are used as they are.
   */
  private List<Bijection> before(int s, boolean coarsest) {
    boolean haar = split.equals(PatchSplit.HAAR);
    List<Bijection> maps = new ArrayList<>();
    if (!coarsest && haar) {
      maps.add(new AffineTransform(0.5, 0.5));
    }
    if (coarsest || haar) {
      maps.add(logit > 0 ? new LogitTransform(logit) : new AffineTransform(1, -0.5));
    }
    if (!standard.isEmpty()) {
      maps.add(standard.get(s - 1));
    }
    return maps;
  }

  private double deviation(int s, boolean coarsest) {
    if (noise == 0) {
      return 1;
    }
    ResolutionNoise shared = new ResolutionNoise(split, noise);
    int sideOfS = side >> (s - 1);
    return coarsest ? shared.coarse(sideOfS) : shared.details(sideOfS);
  }
}
