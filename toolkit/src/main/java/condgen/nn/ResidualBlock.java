package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Dual;

/**
 * x + F(x, t): normalise, activate, convolve, add the time's features per channel, normalise,
 * activate, convolve. The last convolution starts from zero, so a fresh block is the identity (or a
 * 1×1 convolution when the number of channels changes).
 */
public final class ResidualBlock extends Composite {

  private final int out;
  private final GroupNorm firstNorm;
  private final Conv firstConv;
  private final Dense time;
  private final GroupNorm secondNorm;
  private final Conv secondConv;
  private final Conv skip;

  /**
   * A block.
   *
   * @param in channels in
   * @param out channels out
   * @param timeWidth features of the time embedding
   * @param groups groups of the normalisations; divides in and out
   */
  public ResidualBlock(int in, int out, int timeWidth, int groups) {
    this.out = out;
    firstNorm = part("norm1", new GroupNorm(groups, in));
    firstConv = part("conv1", new Conv(in, out, 3));
    time = part("time", new Dense(timeWidth, out));
    secondNorm = part("norm2", new GroupNorm(groups, out));
    secondConv = part("conv2", new Conv(out, out, 3, 1, true));
    skip = in == out ? null : part("skip", new Conv(in, out, 1));
  }

  /**
   * The block.
   *
   * @param x (B, in, H, W)
   * @param t (B, timeWidth)
   * @return (B, out, H, W)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Dual h = run(firstConv, theta, Activation.SWISH.apply(run(firstNorm, theta, x, null)), null);
    Dual shift = run(time, theta, Dual.of(Activation.SWISH.apply(t)), null);
    h = h.add(shift.reshape(-1, out, 1, 1));
    h = run(secondConv, theta, Activation.SWISH.apply(run(secondNorm, theta, h, null)), null);
    return h.add(skip == null ? x : run(skip, theta, x, null));
  }
}
