package condgen.nn;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.nn.VideoUNet.Architecture;
import condgen.nn.VideoUNet.Conditioning;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoUNetTest {

  private static Architecture small(Conditioning conditioning) {
    return new Architecture(8, 1, 2, 1, 2, 8, List.of(1, 2), 1, 8, conditioning, 6)
        .withAttention(List.of(4));
  }

  /** Parameters in float64, none of them zero, so that every path counts. */
  private static NDList busyParameters(Layer network) {
    NDList theta = new NDList();
    for (Parameter p : network.parameters()) {
      NDArray z = Seeds.of(3).normal(theta.size(), p.shape(), DataType.FLOAT64);
      theta.add(Scalars.scale(z, 0.3));
    }
    return theta;
  }

  @ParameterizedTest
  @EnumSource
  void jvp_agreesWithDifferences_andVjpIsItsTranspose(Conditioning conditioning) {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(conditioning));
      NDList theta = busyParameters(network);
      Shape shape = new Shape(2, 5, 8, 8);
      NDArray x = Seeds.of(5).normal(0, shape, DataType.FLOAT64);
      NDArray e = Seeds.of(5).normal(1, shape, DataType.FLOAT64);
      NDArray g = Seeds.of(5).normal(2, new Shape(2, 2, 8, 8), DataType.FLOAT64);
      NDArray t = Tensors.ofDoubles(3, 40);
      Dual forward = Dual.jvp(z -> network.apply(theta, z, t), x, e);
      double h = 1e-5;
      NDArray up = network.apply(theta, Scalars.axpy(h, e, x), t);
      NDArray down = network.apply(theta, Scalars.axpy(-h, e, x), t);
      NDArray difference = Scalars.scale(up.sub(down), 0.5 / h).sub(forward.tangent());
      double size = Tensors.item(forward.tangent().abs().max());
      assertEquals(0, Tensors.item(difference.abs().max()) / size, 1e-6);
      NDArray back = Dual.vjp(z -> network.apply(theta, z, t), x, g).product();
      double gJe = Tensors.item(forward.tangent().mul(g).sum());
      assertEquals(gJe, Tensors.item(back.mul(e).sum()), 1e-9 * Math.max(1, Math.abs(gJe)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void apply_looksAtTheLevelAndAtEveryFrame(Conditioning conditioning) {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(conditioning));
      NDList theta = busyParameters(network);
      NDArray x = Seeds.of(5).normal(0, new Shape(1, 5, 8, 8), DataType.FLOAT64);
      NDArray y = network.apply(theta, x, Tensors.ofDoubles(7));
      assertTrue(distance(y, network.apply(theta, x, Tensors.ofDoubles(8))) > 1e-3);
      for (int frame = 0; frame < 5; frame++) {
        NDArray other = x.duplicate();
        other.set(new ai.djl.ndarray.index.NDIndex(":, " + frame), 0);
        assertTrue(distance(y, network.apply(theta, other, Tensors.ofDoubles(7))) > 1e-3);
      }
    }
  }

  private static double distance(NDArray a, NDArray b) {
    return Tensors.item(a.sub(b).abs().max());
  }

  /** Two samples in one batch are what they are alone. */
  @ParameterizedTest
  @EnumSource
  void apply_keepsSamplesApart(Conditioning conditioning) {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(conditioning));
      NDList theta = busyParameters(network);
      NDArray x = Seeds.of(5).normal(0, new Shape(2, 5, 8, 8), DataType.FLOAT64);
      NDArray both = network.apply(theta, x, Tensors.ofDoubles(7, 90));
      NDArray second = network.apply(theta, x.get("1:2"), Tensors.ofDoubles(90));
      assertEquals(0, distance(both.get("1:2"), second), 1e-12);
    }
  }

  /** The last convolution starts near 0, at a thousandth of a hundredth. */
  @Test
  void fresh_network_predictsNearlyNothing_andStartsAsReleased() {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(Conditioning.CONCAT));
      NDList theta = network.initialize(Seeds.of(1));
      NDArray x = Seeds.of(5).normal(0, new Shape(1, 5, 8, 8));
      double largest = Tensors.item(network.apply(theta, x, Tensors.of(7)).abs().max());
      assertTrue(largest > 0 && largest < 1e-3, "largest " + largest);
      List<Parameter> parameters = network.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        double bound = bound(parameters.get(i));
        double found = Tensors.item(theta.get(i).abs().max());
        String name = parameters.get(i).name();
        assertTrue(found <= bound * (1 + 1e-6), name + ": " + found + " of " + bound);
        assertTrue(found >= 0.9 * bound || theta.get(i).size() < 30, name + ": " + found);
      }
    }
  }

  /** √(6 scale / (fan in + fan out)), written from the description of the initialisation. */
  private static double bound(Parameter parameter) {
    String name = parameter.name();
    if (name.endsWith(".b") || name.endsWith("bias")) {
      return 0;
    }
    if (name.contains("GroupNorm_0") || name.contains("Norm_0.weight")) {
      return 1;
    }
    boolean silent = name.contains("Conv_1") || name.contains("NIN_3") || name.contains(".17.");
    double scale = silent ? 1e-10 : name.contains("NIN_") ? 0.1 : 1;
    Shape s = parameter.shape();
    long field = s.dimension() == 4 ? s.get(2) * s.get(3) : 1;
    return Math.sqrt(6 * scale / ((s.get(0) + s.get(1)) * field));
  }

  @Test
  void withDropout_repeatsForAStep_changesWithTheStep_andKeepsTheMean() {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(Conditioning.CONCAT).withDropout(0.3));
      NDList theta = busyParameters(network);
      NDArray x = Seeds.of(5).normal(0, new Shape(1, 5, 8, 8), DataType.FLOAT64);
      NDArray t = Tensors.ofDoubles(7);
      NDArray first = network.withDropout(Seeds.of(1), 0).apply(theta, x, t);
      assertEquals(0, distance(first, network.withDropout(Seeds.of(1), 0).apply(theta, x, t)));
      assertTrue(distance(first, network.withDropout(Seeds.of(1), 1).apply(theta, x, t)) > 1e-3);
      assertTrue(distance(first, network.apply(theta, x, t)) > 1e-3);
      Dropout dropout = new Dropout(0.3, Seeds.of(1), 0);
      double[] kept =
          Tensors.toDoubles(dropout.apply(Dual.of(Tensors.ones(new Shape(100_000)))).value());
      double mean = 0;
      for (double k : kept) {
        assertTrue(k == 0 || Math.abs(k - 1 / 0.7) < 1e-6, "factor " + k);
        mean += k / kept.length;
      }
      double deviation = Math.sqrt(0.3 / 0.7 / kept.length);
      assertEquals(1, mean, 4 * deviation);
    }
  }

  @Test
  void apply_tellsShownFromMasked_onlyIfItEmbedsTheMask() {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(5).normal(0, new Shape(1, 5, 8, 8), DataType.FLOAT64);
      NDArray t = Tensors.ofDoubles(7);
      VideoUNet told = new VideoUNet(small(Conditioning.CONCAT).withEmbeddedMask());
      NDList theta = busyParameters(told);
      NDArray shown = told.apply(theta, x, t, Tensors.ofDoubles(1));
      assertEquals(0, distance(shown, told.apply(theta, x, t)));
      assertTrue(distance(shown, told.apply(theta, x, t, Tensors.ofDoubles(0))) > 1e-3);
      VideoUNet other = new VideoUNet(small(Conditioning.CONCAT));
      NDList of = busyParameters(other);
      assertEquals(0, distance(other.apply(of, x, t), other.apply(of, x, t, Tensors.ofDoubles(0))));
    }
  }

  private static void refuses(String text, Executable what) {
    String message = assertThrows(IllegalArgumentException.class, what).getMessage();
    assertTrue(message.contains(text), message);
  }

  @Test
  void architecture_thatDoesNotFit_isRefused() {
    List<Integer> two = List.of(1, 2);
    Conditioning concat = Conditioning.CONCAT;
    refuses(
        "side must be positive, divisible by 2, but came [7]",
        () -> new Architecture(7, 1, 2, 1, 2, 8, two, 1, 8, concat, 0));
    refuses(
        "channels, current must be positive, but came [1, 0]",
        () -> new Architecture(8, 1, 0, 1, 2, 8, two, 1, 8, concat, 0));
    refuses(
        "past, future must be not negative, but came [-1, 2]",
        () -> new Architecture(8, 1, 2, -1, 2, 8, two, 1, 8, concat, 0));
    refuses(
        "at least one frame for SPATIN",
        () -> new Architecture(8, 1, 2, 0, 0, 8, two, 1, 8, Conditioning.SPATIN, 8));
    refuses(
        "multipliers must be some, positive",
        () -> new Architecture(8, 1, 2, 0, 0, 8, List.of(), 1, 8, concat, 8));
    Architecture heads = new Architecture(8, 1, 2, 1, 2, 8, two, 1, 6, concat, 0);
    refuses(
        "headChannels must be -1 or divide the 8 channels of an attention, but is 6",
        () -> new VideoUNet(heads));
  }

  @Test
  void apply_ofOtherFrames_isRefused() {
    try (Scope scope = Scope.open()) {
      VideoUNet network = new VideoUNet(small(Conditioning.SPATIN));
      NDList theta = network.initialize(Seeds.of(1));
      NDArray t = Tensors.of(1);
      refuses(
          "x must have shape (any, 5, 8, 8), but has (1, 4, 8, 8)",
          () -> network.apply(theta, Tensors.zeros(new Shape(1, 4, 8, 8)), t));
      refuses(
          "t must have shape (2), but has (1)",
          () -> network.apply(theta, Tensors.zeros(new Shape(2, 5, 8, 8)), t));
      Layer block = network.modules().get(3).layer();
      NDList own = network.ofModule(theta, network.modules().get(3));
      NDArray image = Tensors.zeros(new Shape(1, 8, 8, 8));
      refuses(
          "frames must be given", () -> block.apply(own, image, Tensors.zeros(new Shape(1, 32))));
    }
  }

  @Test
  void patches_letTheNetworkWorkAtAQuarterOfThePixels() {
    try (Scope scope = Scope.open()) {
      Architecture whole =
          new Architecture(4, 4, 2, 1, 2, 8, List.of(1, 2), 1, 8, Conditioning.CONCAT, 0);
      Patches network = new Patches(new VideoUNet(whole), 2);
      NDList theta = network.initialize(Seeds.of(1));
      NDArray x = Seeds.of(5).normal(0, new Shape(3, 5, 8, 8));
      NDArray y = network.apply(theta, x, Tensors.of(1, 2, 3));
      assertEquals(new Shape(3, 2, 8, 8), y.getShape());
    }
  }
}
