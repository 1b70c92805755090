package condgen.noise;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GaussianNoiseTest {

  static Stream<GaussianNoise> noises() {
    double[][] covariance = {{2, -0.7}, {-0.7, 0.5}};
    return Stream.of(new WhiteNoise(), new CorrelatedPair(), new DenseNoise(covariance));
  }

  @ParameterizedTest
  @MethodSource("noises")
  void operators_belongToOneCovariance(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      NDArray x = Seeds.of(1).normal(0, new Shape(5, 2), DataType.FLOAT64);
      double[] covariance = Tensors.toDoubles(noise.covariance(x));
      assertArrayEquals(covariance, Tensors.toDoubles(noise.sqrt(noise.sqrt(x))), 1e-14);
      assertArrayEquals(
          Tensors.toDoubles(x), Tensors.toDoubles(noise.precision(noise.covariance(x))), 1e-14);
      assertArrayEquals(
          Tensors.toDoubles(x), Tensors.toDoubles(noise.inverseSqrt(noise.sqrt(x))), 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  void sample_hasTheCovariance(GaussianNoise noise) {
    try (Scope scope = Scope.open()) {
      int n = 20_000;
      NDArray x = noise.sample(Seeds.of(4), 0, new Shape(2), n);
      NDArray empirical = x.transpose().matMul(x).div(n);
      NDArray unit = Tensors.eye(2);
      double[] expected = Tensors.toDoubles(noise.covariance(unit));
      double error = 4 * expected[0] * Math.sqrt(2.0 / n);
      assertArrayEquals(expected, Tensors.toDoubles(empirical), error);
    }
  }

  @Test
  void sample_ofStep_doesNotDependOnTheCount() {
    try (Scope scope = Scope.open()) {
      GaussianNoise noise = new WhiteNoise();
      NDArray few = noise.sample(Seeds.of(4), 9, new Shape(3), 2);
      NDArray many = noise.sample(Seeds.of(4), 9, new Shape(3), 7);
      assertArrayEquals(Tensors.toDoubles(few), Tensors.toDoubles(many.get("0:2")));
      NDArray other = noise.sample(Seeds.of(4), 10, new Shape(3), 2);
      assertNotEquals(Tensors.toDoubles(few)[0], Tensors.toDoubles(other)[0]);
    }
  }
}
