package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DualTest {

  private static final Seeds SEEDS = Seeds.of(7);

  private static NDArray random(int step, long... shape) {
    return SEEDS.normal(step, new Shape(shape), DataType.FLOAT64);
  }

  static Stream<Arguments> functions() {
    NDArray w = random(1, 5, 3);
    NDArray b = random(2, 5);
    NDArray k = random(3, 4, 2, 3, 3);
    NDArray k2 = random(4, 3, 2, 4, 4);
    NDArray kb = random(5, 4);
    Stream<Arguments> activations =
        Arrays.stream(Activation.values()).map(a -> function(a.name(), a::apply, 4, 3));
    Stream<Arguments> others =
        Stream.of(
            function("linear", x -> LinearMap.linear(x, w, b), 2, 3),
            function("linear over a longer batch", x -> LinearMap.linear(x, w, b), 2, 4, 3),
            function("linear without bias", x -> LinearMap.linear(x, w, null), 2, 3),
            function("conv", x -> Convolution.conv2d(x, k, kb, 1, 1), 2, 2, 5, 4),
            function("conv unpadded", x -> Convolution.conv2d(x, k, kb, 1, 0), 1, 2, 5, 4),
            function("conv over-padded", x -> Convolution.conv2d(x, k, kb, 1, 3), 1, 2, 4, 4),
            function("conv stride 2", x -> Convolution.conv2d(x, k, kb, 2, 1), 2, 2, 6, 5),
            function(
                "conv stride 2, even kernel",
                x -> Convolution.conv2d(x, k2, null, 2, 1),
                1,
                2,
                6,
                8),
            function(
                "conv stride 3, rest left over",
                x -> Convolution.conv2d(x, k, null, 3, 0),
                1,
                2,
                7,
                8),
            function("group norm", x -> GroupNormalization.groupNorm(x, 2, 1e-5), 2, 4, 3, 3),
            function(
                "concat",
                x -> Concatenation.concat(1, x, x.mul(x), Dual.of(random(9, 2, 2))),
                2,
                3),
            function(
                "arithmetic",
                x -> x.mul(x).add(x.scale(3)).sub(Dual.of(random(8, 3))).div(x.mul(x).add(1)),
                2,
                3),
            function("broadcast product", x -> x.mul(Dual.of(random(6, 4, 2, 3))), 2, 3),
            function(
                "broadcast of the variable", x -> Dual.of(random(6, 4, 2, 3)).mul(x).add(x), 1, 3),
            function(
                "reshape", x -> Activation.TANH.apply(x.reshape(3, 2)).mul(x.reshape(3, 2)), 2, 3));
    return Stream.concat(activations, others);
  }

  private static Arguments function(String name, UnaryOperator<Dual> f, long... shape) {
    return Arguments.of(name, f, new Shape(shape));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void jvp_agreesWithCentralDifferences(String name, UnaryOperator<Dual> f, Shape shape) {
    try (Scope scope = Scope.open()) {
      NDArray x = SEEDS.normal(20, shape, DataType.FLOAT64);
      NDArray e = SEEDS.normal(21, shape, DataType.FLOAT64);
      Dual product = Dual.jvp(f, x, e);
      double h = 1e-5;
      NDArray up = f.apply(Dual.of(Scalars.axpy(h, e, x))).value();
      NDArray down = f.apply(Dual.of(Scalars.axpy(-h, e, x))).value();
      double[] expected = Tensors.toDoubles(Scalars.scale(up.sub(down), 0.5 / h));
      assertArrayEquals(expected, Tensors.toDoubles(product.tangent()), 2e-8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void vjp_isTheTransposeOfJvp(String name, UnaryOperator<Dual> f, Shape shape) {
    try (Scope scope = Scope.open()) {
      NDArray x = SEEDS.normal(20, shape, DataType.FLOAT64);
      NDArray e = SEEDS.normal(21, shape, DataType.FLOAT64);
      Dual forward = Dual.jvp(f, x, e);
      NDArray g = SEEDS.normal(22, forward.shape(), DataType.FLOAT64);
      Dual.Product back = Dual.vjp(f, x, g);
      assertEquals(shape, back.product().getShape());
      double gJe = Tensors.item(forward.tangent().mul(g).sum());
      double eJg = Tensors.item(back.product().mul(e).sum());
      assertEquals(gJe, eJg, 1e-11 * Math.max(1, Math.abs(gJe)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void vjp_agreesWithTheEnginesReverseMode(String name, UnaryOperator<Dual> f, Shape shape) {
    try (Scope scope = Scope.open()) {
      NDArray x = SEEDS.normal(20, shape, DataType.FLOAT64);
      NDArray g = SEEDS.normal(22, f.apply(Dual.of(x)).shape(), DataType.FLOAT64);
      NDArray ours = Dual.vjp(f, x, g).product();
      NDArray engine =
          Gradients.vjp(
                  z -> new NDList(f.apply(Dual.of(z.get(0))).value()), new NDList(x), new NDList(g))
              .products()
              .get(0);
      assertArrayEquals(Tensors.toDoubles(engine), Tensors.toDoubles(ours), 1e-11);
    }
  }

  @Test
  void gradientThroughVjp_agreesWithDifferencesInTheWeight() {
    try (Scope scope = Scope.open()) {
      NDArray w = random(1, 3, 3);
      NDArray x = random(2, 2, 3);
      NDArray e = random(3, 2, 3);
      java.util.function.Function<NDArray, NDArray> penalty =
          weight ->
              Dual.vjp(z -> Activation.TANH.apply(LinearMap.linear(z, weight, null)), x, e)
                  .product()
                  .square()
                  .sum();
      NDArray gradient =
          Gradients.valueAndGrad(new NDList(w), p -> penalty.apply(p.get(0))).gradients().get(0);
      double[] found = Tensors.toDoubles(gradient);
      double h = 1e-6;
      for (int i = 0; i < 9; i++) {
        double[] unit = new double[9];
        unit[i] = h;
        NDArray d = Tensors.of(unit, new Shape(3, 3));
        double difference =
            Tensors.item(penalty.apply(w.add(d)).sub(penalty.apply(w.sub(d)))) / (2 * h);
        assertEquals(difference, found[i], 1e-7);
      }
    }
  }

  @Test
  void linear_ofWrongWidth_namesBothShapes() {
    try (Scope scope = Scope.open()) {
      Dual x = Dual.of(Tensors.zeros(new Shape(2, 4)));
      NDArray w = Tensors.zeros(new Shape(5, 3));
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> LinearMap.linear(x, w, null));
      assertTrue(error.getMessage().contains("3 features"));
      assertTrue(error.getMessage().contains("(2, 4)"));
    }
  }
}
