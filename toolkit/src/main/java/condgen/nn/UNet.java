package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Activation;
import condgen.tensor.Concatenation;
import condgen.tensor.Dual;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A residual U-shaped network conditioned on a time: at each level some residual blocks, then half
 * the size; at the bottom one more block; then the same way up, each block seeing what the way down
 * left at its size.
 *
 * <p>The last convolution starts from zero: a fresh network predicts 0, which for standard normal
 * noise is the best constant.
 */
public final class UNet extends Composite {

  /**
   * Shape of a network.
   *
   * @param channels channels of the images, in and out
   * @param widths channels at each level, from full size downwards; sizes halve between levels
   * @param blocks residual blocks per level
   * @param groups groups of the normalisations; divides every width
   */
  public record Architecture(int channels, List<Integer> widths, int blocks, int groups) {
    /** Checks that the numbers fit together. */
    public Architecture {
      widths = List.copyOf(widths);
      if (channels < 1 || blocks < 1 || widths.isEmpty()) {
        throw new IllegalArgumentException(
            "channels, blocks and the number of widths must be at least 1, but are "
                + channels
                + ", "
                + blocks
                + ", "
                + widths.size());
      }
      for (int width : widths) {
        if (groups < 1 || width % groups != 0) {
          throw new IllegalArgumentException(
              "groups must divide every width, but " + groups + " does not divide " + width);
        }
      }
    }
  }

  private final Architecture architecture;
  private final TimeEmbedding time;
  private final Conv first;
  private final List<List<ResidualBlock>> down = new ArrayList<>();
  private final List<Conv> halve = new ArrayList<>();
  private final ResidualBlock middle;
  private final List<List<ResidualBlock>> up = new ArrayList<>();
  private final List<Conv> afterDoubling = new ArrayList<>();
  private final GroupNorm lastNorm;
  private final Conv last;

  /** Builds the network; nothing is allocated until {@link #initialize}. */
  public UNet(Architecture architecture) {
    this.architecture = architecture;
    List<Integer> widths = architecture.widths();
    int base = widths.get(0);
    int timeWidth = 4 * base;
    int groups = architecture.groups();
    time = part("time", new TimeEmbedding(timeWidth));
    first = part("first", new Conv(architecture.channels(), base, 3));
    Deque<Integer> left = new ArrayDeque<>(List.of(base));
    int width = base;
    for (int level = 0; level < widths.size(); level++) {
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int b = 0; b < architecture.blocks(); b++) {
        String name = "down." + level + "." + b;
        blocks.add(part(name, new ResidualBlock(width, widths.get(level), timeWidth, groups)));
        width = widths.get(level);
        left.push(width);
      }
      down.add(blocks);
      if (level < widths.size() - 1) {
        halve.add(part("down." + level + ".halve", new Conv(width, width, 3, 2, false)));
        left.push(width);
      }
    }
    middle = part("middle", new ResidualBlock(width, width, timeWidth, groups));
    for (int level = widths.size() - 1; level >= 0; level--) {
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int b = 0; b <= architecture.blocks(); b++) {
        String name = "up." + level + "." + b;
        blocks.add(
            part(
                name, new ResidualBlock(width + left.pop(), widths.get(level), timeWidth, groups)));
        width = widths.get(level);
      }
      up.add(blocks);
      if (level > 0) {
        afterDoubling.add(part("up." + level + ".double", new Conv(width, width, 3)));
      }
    }
    lastNorm = part("last.norm", new GroupNorm(groups, width));
    last = part("last.conv", new Conv(width, architecture.channels(), 3, 1, true));
  }

  /** What this network was built from. */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * The network.
   *
   * @param x (B, channels, H, W); H and W divisible by 2 as often as there are halvings
   * @param t (B), steps
   * @return the shape of x
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    requireDivisible(x);
    NDArray features = run(time, theta, Dual.of(t), null).value();
    Deque<Dual> left = new ArrayDeque<>();
    Dual h = run(first, theta, x, null);
    left.push(h);
    for (int level = 0; level < down.size(); level++) {
      for (ResidualBlock block : down.get(level)) {
        h = run(block, theta, h, features);
        left.push(h);
      }
      if (level < halve.size()) {
        h = run(halve.get(level), theta, h, null);
        left.push(h);
      }
    }
    h = run(middle, theta, h, features);
    for (int level = 0; level < up.size(); level++) {
      for (ResidualBlock block : up.get(level)) {
        h = run(block, theta, Concatenation.concat(1, h, left.pop()), features);
      }
      if (level < afterDoubling.size()) {
        h = run(afterDoubling.get(level), theta, Upsampling.twice(h), null);
      }
    }
    return run(last, theta, Activation.SWISH.apply(run(lastNorm, theta, h, null)), null);
  }

  private void requireDivisible(Dual x) {
    int factor = 1 << halve.size();
    if (x.shape().dimension() != 4
        || x.shape().get(2) % factor != 0
        || x.shape().get(3) % factor != 0) {
      throw new IllegalArgumentException(
          "x must have shape (batch, channels, height, width) with height and width divisible by "
              + factor
              + ", but has "
              + x.shape());
    }
  }
}
