package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Activation;
import condgen.tensor.Arguments;
import condgen.tensor.Concatenation;
import condgen.tensor.Dual;
import condgen.tensor.Slicing;
import condgen.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One run through a {@link VideoUNet}: its modules in order, with the images left for later. */
final class VideoPass {

  private final VideoUNet network;
  private final VideoUNet.Architecture a;
  private final NDList theta;
  private final NDArray t;
  private final NDArray shown;
  private final Deque<Dual> left = new ArrayDeque<>();
  private final Map<Integer, Dual> known = new HashMap<>();
  private UnaryOperator<Dual> dropout = UnaryOperator.identity();
  private Consumer<NDArray> watcher = output -> {};

  VideoPass(VideoUNet network, NDList theta, NDArray t, NDArray shown) {
    this.network = network;
    this.a = network.architecture();
    this.theta = theta;
    this.t = t;
    this.shown = shown;
  }

  VideoPass dropping(UnaryOperator<Dual> how) {
    dropout = how;
    return this;
  }

  VideoPass watched(Consumer<NDArray> by) {
    watcher = by;
    return this;
  }

  Dual run(Dual x) {
    int current = a.currentChannels();
    int all = current + a.knownChannels();
    Arguments.requireShape(x.value(), "x", -1, all, a.side(), a.side());
    Arguments.requireShape(t, "t", x.shape().get(0));
    Dual h = x;
    if (a.conditioning() == VideoUNet.Conditioning.SPATIN) {
      h = Slicing.slice(x, 1, 0, current, 1);
      known.put(a.side(), Slicing.slice(x, 1, current, all, 1));
    }
    NDArray features = features(x.value().getDataType());
    for (VideoModule module : network.modules()) {
      if (module.side() == 0) {
        continue;
      }
      h = module.takes() ? Concatenation.concat(1, h, left.pop()) : h;
      h = image(module, h, features);
      watcher.accept(h.value());
      if (module.leaves()) {
        left.push(h);
      }
    }
    return h;
  }

  private Dual image(VideoModule module, Dual h, NDArray features) {
    NDList own = network.ofModule(theta, module);
    return switch (module.kind()) {
      case BLOCK, DOWN, UP -> {
        VideoResidualBlock block = (VideoResidualBlock) module.layer();
        yield block.apply(own, h, features, this::known, dropout);
      }
      case NORM -> ((OutputNorm) module.layer()).apply(own, h, null, known(module.side()));
      default -> module.layer().apply(own, h, null);
    };
  }

  /** Activated features of the noise level, and of the mask if the network embeds it. */
  private NDArray features(DataType type) {
    NDArray label = t.toType(type, false);
    NDArray first = plain(0, PositionalEncoding.released(label, a.width()));
    NDArray features = plain(1, Activation.SWISH.apply(first));
    if (a.embedsMask()) {
      NDArray mask = shown == null ? Tensors.onesLike(label) : shown.toType(type, false);
      features = NDArrays.concat(new NDList(features, plain(2, mask)), 1);
    }
    return Activation.SWISH.apply(features);
  }

  private NDArray plain(int number, NDArray input) {
    VideoModule module = network.modules().get(number);
    NDArray output = module.layer().apply(network.ofModule(theta, module), input, null);
    watcher.accept(output);
    return output;
  }

  /** The known frames at another side, by leaving out pixels; null for a network without them. */
  private Dual known(int side) {
    Dual frames = known.get(a.side());
    if (frames == null) {
      return null;
    }
    int step = a.side() / side;
    return known.computeIfAbsent(
        side,
        s -> Slicing.slice(Slicing.slice(frames, 2, 0, a.side(), step), 3, 0, a.side(), step));
  }
}
