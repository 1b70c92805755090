package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import condgen.nn.VideoModule.Kind;
import condgen.tensor.BareKernel;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The convolutions, matrix products and normalisations of a concat network, each alone and in the
 * network's order. Activations, sums, modulations, softmax and the optimiser are left out. Channels
 * are whole blocks of 16, as the convolution needs them.
 */
final class VideoKernels {

  private record Timed(String kind, BareKernel kernel) {}

  private final long batch;
  private final List<Timed> kernels = new ArrayList<>();

  VideoKernels(VideoUNet network, long batch) {
    this.batch = batch;
    int head = network.architecture().headChannels();
    int features = 4 * network.architecture().width();
    for (VideoModule module : network.modules()) {
      switch (module.kind()) {
        case TIME -> dense(module.in(), module.out());
        case CONVOLUTION -> convolution(module.in(), module.out(), 3, module.side());
        case NORM -> normalisation(module.in(), module.side());
        case ATTENTION -> attention(module, head);
        default -> block(module, features);
      }
    }
  }

  private void block(VideoModule module, int features) {
    int in = module.in();
    int out = module.out();
    int side = module.side();
    int before =
        switch (module.kind()) {
          case DOWN -> 2 * side;
          case UP -> side / 2;
          default -> side;
        };
    normalisation(in, before);
    dense(features, 2 * in);
    if (before != side) {
      resampling(in, before, side);
      resampling(in, before, side);
    }
    convolution(in, out, 3, side);
    normalisation(out, side);
    dense(features, 2 * out);
    convolution(out, out, 3, side);
    if (in != out || module.kind() != Kind.BLOCK) {
      convolution(in, out, 1, side);
    }
  }

  private void attention(VideoModule module, int headChannels) {
    int channels = module.in();
    int side = module.side();
    normalisation(channels, side);
    for (int i = 0; i < 4; i++) {
      convolution(channels, channels, 1, side);
    }
    long heads = AttentionBlock.headsOf(channels, headChannels) * batch;
    long width = channels * batch / heads;
    long pixels = (long) side * side;
    Shape image = new Shape(heads, width, pixels);
    Shape weights = new Shape(heads, pixels, pixels);
    add("products", l -> l.get(0).swapAxes(1, 2).matMul(l.get(1)), image, image);
    add("products", l -> l.get(0).matMul(l.get(1).swapAxes(1, 2)), weights, image);
  }

  private void convolution(int in, int out, int kernel, int side) {
    long from = in <= 3 ? in : blocks(in);
    int padding = (kernel - 1) / 2;
    add(
        "convolutions",
        l ->
            Conv2d.conv2d(
                    l.get(0),
                    l.get(1),
                    l.get(2),
                    new Shape(1, 1),
                    new Shape(padding, padding),
                    new Shape(1, 1),
                    1)
                .singletonOrThrow(),
        new Shape(batch, from, side, side),
        new Shape(blocks(out), from, kernel, kernel),
        new Shape(blocks(out)));
  }

  private static long blocks(int channels) {
    return (channels + 15) / 16 * 16L;
  }

  private void dense(int in, int out) {
    add(
        "products",
        l -> Linear.linear(l.get(0), l.get(1), l.get(2)).singletonOrThrow(),
        new Shape(batch, in),
        new Shape(out, in),
        new Shape(out));
  }

  /** Halving or doubling: two matrix products. */
  private void resampling(int channels, int from, int to) {
    NDArray right = Scope.disown(Seeds.of(1).normal(0, new Shape(from, to)));
    NDArray left = Scope.disown(Seeds.of(1).normal(1, new Shape(to, from)));
    long images = batch * channels;
    add("products", l -> l.get(0).matMul(right), new Shape(images * from, from));
    Shape all = new Shape(images, to, from);
    add(
        "products",
        l -> left.expandDims(0).broadcast(all).matMul(l.get(0)),
        new Shape(images, from, to));
  }

  private void normalisation(int channels, int side) {
    int groups = GroupNorm.groupsOf(channels);
    long size = (long) channels / groups * side * side;
    NDArray one = Scope.disown(Tensors.ones(new Shape(size)));
    NDArray zero = Scope.disown(Tensors.zeros(new Shape(size)));
    add(
        "normalisations",
        l -> LayerNorm.layerNorm(l.get(0), new Shape(size), one, zero, 1e-5f).singletonOrThrow(),
        new Shape(batch * groups, size));
  }

  private void add(String kind, Function<NDList, NDArray> operator, Shape... shapes) {
    kernels.add(new Timed(kind, new BareKernel(operator, shapes)));
  }

  /** Runs all once; milliseconds by kind. */
  Map<String, Double> run() {
    Map<String, Double> times = new TreeMap<>();
    for (Timed timed : kernels) {
      long start = System.nanoTime();
      timed.kernel().run();
      times.merge(timed.kind(), (System.nanoTime() - start) / 1e6, Double::sum);
    }
    return times;
  }
}
