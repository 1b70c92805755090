package condgen.nn;

import condgen.nn.VideoModule.Kind;
import condgen.nn.VideoResidualBlock.Resize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lists the modules of a {@link VideoUNet} in the order of the released checkpoints. */
final class VideoWiring {

  private final VideoUNet.Architecture a;
  private final List<VideoModule> modules = new ArrayList<>();
  private final Deque<Integer> left = new ArrayDeque<>();
  private final int features;
  private final boolean spatin;
  private int side;
  private int width;

  VideoWiring(VideoUNet.Architecture architecture) {
    a = architecture;
    spatin = a.conditioning() == VideoUNet.Conditioning.SPATIN;
    side = a.side();
    width = a.width();
    features = 4 * width + (a.embedsMask() ? width / 2 : 0);
  }

  List<VideoModule> modules() {
    add(Kind.TIME, new ScaledDense(width, 4 * width), 0, width, 4 * width, false);
    add(Kind.TIME, new ScaledDense(4 * width, 4 * width), 0, 4 * width, 4 * width, false);
    if (a.embedsMask()) {
      add(Kind.MASK, new Embedding(2, width / 2), 0, 1, width / 2, false);
    }
    int input = a.firstChannels();
    add(Kind.CONVOLUTION, new ScaledConv(input, width, 3), side, input, width, false);
    leave();
    for (int level = 0; level < a.multipliers().size(); level++) {
      down(level);
    }
    block(width, Kind.BLOCK, false);
    attention();
    block(width, Kind.BLOCK, false);
    for (int level = a.multipliers().size() - 1; level >= 0; level--) {
      up(level);
    }
    OutputNorm norm = spatin ? OutputNorm.spatial(spatial(width)) : OutputNorm.plain(width);
    add(Kind.NORM, norm, side, width, width, false);
    int output = a.currentChannels();
    add(Kind.CONVOLUTION, new ScaledConv(width, output, 3, 0), side, width, output, false);
    return List.copyOf(modules);
  }

  private void down(int level) {
    int out = a.width() * a.multipliers().get(level);
    for (int i = 0; i < a.blocks(); i++) {
      block(out, Kind.BLOCK, false);
      if (a.attention().contains(side)) {
        attention();
      }
      leave();
    }
    if (level < a.multipliers().size() - 1) {
      side /= 2;
      block(width, Kind.DOWN, false);
      leave();
    }
  }

  private void up(int level) {
    int out = a.width() * a.multipliers().get(level);
    for (int i = 0; i <= a.blocks(); i++) {
      block(out, Kind.BLOCK, true);
    }
    if (a.attention().contains(side)) {
      attention();
    }
    if (level > 0) {
      side *= 2;
      block(width, Kind.UP, false);
    }
  }

  private void block(int out, Kind kind, boolean takes) {
    int in = width + (takes ? left.pop() : 0);
    Resize resize =
        switch (kind) {
          case DOWN -> Resize.DOWN;
          case UP -> Resize.UP;
          default -> Resize.NONE;
        };
    add(kind, new VideoResidualBlock(in, out, resize, this::norm), side, in, out, takes);
    width = out;
  }

  private AdaptiveNorm norm(int channels) {
    return spatin
        ? new Spatin(channels, features, a.knownChannels(), a.spadeWidth())
        : new AdaptiveGroupNorm(channels, features);
  }

  private SpatialNorm spatial(int channels) {
    return new SpatialNorm(channels, a.knownChannels(), a.spadeWidth());
  }

  private void attention() {
    AttentionBlock block = new AttentionBlock(width, a.headChannels());
    add(Kind.ATTENTION, block, side, width, width, false);
  }

  private void add(Kind kind, Layer layer, int at, int in, int out, boolean takes) {
    modules.add(new VideoModule(modules.size(), kind, layer, at, in, out, takes, false));
  }

  private void leave() {
    int last = modules.size() - 1;
    modules.set(last, modules.get(last).leaving());
    left.push(width);
  }
}
