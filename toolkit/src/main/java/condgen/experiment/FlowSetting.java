package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.data.LabelledImages;
import condgen.flow.Dequantization;
import condgen.flow.FlowNumerics;
import condgen.flow.MultiResolutionArchitecture;
import condgen.flow.MultiResolutionLoss;
import condgen.flow.Regularizer;
import condgen.flow.Steer;
import condgen.multires.PatchSplit;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import java.util.Arrays;
import java.util.List;

/**
 * A multi-resolution flow of digits and how it is trained, small enough for the lecture.
 *
 * @param architecture the model
 * @param bits of a level: digits of 3 bits have 8 shades of grey
 * @param tolerance of the solver in training
 * @param batch images in a step of the finest resolution; coarser ones take four times as many per
 *     level, up to 256
 * @param learningRate largest step size of Adam
 * @param loss weights of the regularisers
 * @param steer random end of the flow in training
 * @param dequantization how 8-bit images become numbers with a density
 */
public record FlowSetting(
    MultiResolutionArchitecture architecture,
    int bits,
    double tolerance,
    int batch,
    double learningRate,
    MultiResolutionLoss loss,
    Steer steer,
    Dequantization dequantization) {

  private static final int LARGEST_BATCH = 256;

  /**
   * The lecture's model: digits of 32 x 32 with a border of background, unimodular split,
   * multi-resolution noise as in the thesis.
   *
   * @param resolutions S; 1 is a plain flow
   * @param width channels between the convolutions
   */
  public static FlowSetting digits(int side, int resolutions, int width) {
    Integer[] blocks = new Integer[resolutions];
    Arrays.fill(blocks, 1);
    MultiResolutionArchitecture architecture =
        new MultiResolutionArchitecture(
            1,
            side,
            PatchSplit.UNIMODULAR,
            List.of(blocks),
            List.of(width, width, width),
            1e-6,
            side,
            false,
            List.of());
    return new FlowSetting(
        architecture,
        3,
        2,
        32,
        5e-3,
        MultiResolutionLoss.RELEASED,
        Steer.OFF,
        Dequantization.SHARED);
  }

  /** The same, standardised by images of the training set; see the architecture's method. */
  public FlowSetting standardized(LabelledImages images) {
    MultiResolutionArchitecture found =
        Scope.call(
            () ->
                architecture.standardized(
                    dequantization.inputs(
                        levels(images.batch(0, 0, Math.min(1000, images.size())).images()),
                        bits,
                        architecture.blocks().size(),
                        architecture.split(),
                        Seeds.of(0),
                        0)));
    return new FlowSetting(
        found, bits, tolerance, batch, learningRate, loss, steer, dequantization);
  }

  /** How the flows are solved in training. */
  public FlowNumerics numerics() {
    return FlowNumerics.adaptive(tolerance);
  }

  /** How densities are measured: a hundred times as exactly, without regularisers. */
  public FlowNumerics exact() {
    return FlowNumerics.adaptive(tolerance / 100).with(Regularizer.NONE);
  }

  /** Images in a training step of resolution s, 1 the finest. */
  public int batch(int s) {
    return (int) Math.min(LARGEST_BATCH, (long) batch << (2 * (s - 1)));
  }

  /** The levels of images in [-1, 1], as {@link LabelledImages} gives them: 0 to 2^bits − 1. */
  public NDArray levels(NDArray images) {
    NDArray bytes = Scalars.scale(Scalars.add(images, 1), 127.5).round();
    return Scalars.scale(Scalars.add(bytes, 0.5), 1.0 / (1 << (8 - bits))).floor();
  }
}
