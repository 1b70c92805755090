package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thesis 6.2.1 and 6.2.2: the forward process and its score with correlated noise. */
class CorrelatedForwardTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);

  /** A noise, the shape of its samples, and Σ by another way. */
  static Stream<Arguments> noises() {
    double[][] four = Matrices.four();
    return Stream.of(
        arguments(new DenseNoise(four), new Shape(4), Matrices.of(four)),
        arguments(
            new GaussianFreeField(1),
            new Shape(4, 4),
            Matrices.of(FieldByCosines.covariance(1, 4, 4))),
        arguments(
            new GaussianFreeField(1.5),
            new Shape(1, 3, 4),
            Matrices.of(FieldByCosines.covariance(1.5, 3, 4))));
  }

  private static NDArray draw(int step, Shape shape) {
    return Seeds.of(62).normal(step, shape, DataType.FLOAT64);
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.1", "6.2.2", "6.2.27"})
  void transitions_addUpToTheJump(GaussianNoise noise, Shape sample, RealMatrix sigma) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      Shape square = new Shape(sample.size()).addAll(sample);
      NDArray zero = Tensors.zeros(square, DataType.FLOAT64);
      RealMatrix mean = Matrices.linear(x -> x, sample);
      RealMatrix covariance = mean.scalarMultiply(0);
      for (int t = 1; t <= 10; t++) {
        int step = t;
        RealMatrix shrink = Matrices.linear(x -> process.transition(x, step, zero), sample);
        RealMatrix added = Matrices.linear(z -> process.transition(zero, step, z), sample);
        mean = shrink.multiply(mean);
        covariance =
            shrink
                .multiply(covariance)
                .multiply(shrink.transpose())
                .add(added.multiply(added.transpose()));
        if (t == 6 || t == 10) {
          double left = 1 - SCHEDULE.alphaBar(t);
          assertEquals(0, Matrices.apart(sigma.scalarMultiply(left), covariance), 1e-12);
          RealMatrix jump = Matrices.linear(z -> process.diffuse(zero, step, z), sample);
          assertEquals(0, Matrices.apart(jump.multiply(jump.transpose()), covariance), 1e-12);
          RealMatrix signal = Matrices.linear(x -> process.diffuse(x, step, zero), sample);
          assertEquals(0, Matrices.apart(signal, mean), 1e-12);
          assertEquals(Math.sqrt(SCHEDULE.alphaBar(t)), mean.getEntry(0, 0), 1e-12);
        }
      }
    }
  }

  @Test
  @Equation("6.2.1")
  void transition_ofManyDraws_hasCovarianceBetaSigma() {
    try (Scope scope = Scope.open()) {
      int n = 100_000;
      ForwardProcess process = new ForwardProcess(SCHEDULE, new DenseNoise(PlaneExample.sigma()));
      NDArray start =
          Tensors.zeros(new Shape(n, 2), DataType.FLOAT64).add(PlaneExample.row(PlaneExample.X0));
      NDArray x = process.transition(start, 6, draw(1, new Shape(n, 2)));
      double beta = SCHEDULE.beta(6);
      RealMatrix exact = Matrices.of(PlaneExample.sigma()).scalarMultiply(beta);
      assertTrue(Matrices.standardErrors(Matrices.sampleCovariance(x), exact, n) < 4);
      double[] mean = Tensors.toDoubles(x.mean(new int[] {0}));
      assertEquals(Math.sqrt(1 - beta), mean[0], 4 * Math.sqrt(beta / n));
      assertEquals(-Math.sqrt(1 - beta), mean[1], 4 * Math.sqrt(beta / n));
    }
  }

  @Test
  @Equation({"6.2.3", "6.2.4", "6.2.11"})
  void jumpItsInverseAndTheScore_ofTheExampleInThePlane() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      NDArray xt = PlaneExample.noisy();
      assertArrayEquals(PlaneExample.vector("x_t"), Tensors.toDoubles(xt), 1e-10);
      NDArray epsilon = process.noiseBetween(x0, xt, 2);
      assertArrayEquals(PlaneExample.EPSILON, Tensors.toDoubles(epsilon), 1e-12);
      double[] score = Tensors.toDoubles(process.score(x0, xt, 2));
      assertArrayEquals(PlaneExample.vector("score"), score, 1e-10);
      assertArrayEquals(score, Tensors.toDoubles(process.scoreOfNoise(epsilon, 2)), 1e-12);
      double h = 1e-5;
      double[] slope = new double[2];
      for (int k = 0; k < 2; k++) {
        NDArray d = PlaneExample.row(k == 0 ? h : 0, k == 1 ? h : 0);
        double up = Tensors.item(process.logDensity(x0, xt.add(d), 2));
        double down = Tensors.item(process.logDensity(x0, xt.sub(d), 2));
        slope[k] = (up - down) / (2 * h);
      }
      assertArrayEquals(slope, score, 1e-8);
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      assertArrayEquals(
          PlaneExample.vector("s_theta"),
          Tensors.toDoubles(process.scoreOfNoise(predicted, 2)),
          1e-10);
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  @Equation({"6.2.3", "6.2.4"})
  void everyMethod_isThatOfTheDenseMatrix(GaussianNoise noise, Shape sample, RealMatrix sigma) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      ForwardProcess dense = new ForwardProcess(SCHEDULE, new DenseNoise(sigma.getData()));
      Shape batch = new Shape(3).addAll(sample);
      NDArray x0 = draw(1, batch);
      NDArray epsilon = draw(2, batch);
      NDArray xt = process.diffuse(x0, 6, epsilon);
      requireClose(dense.diffuse(x0, 6, epsilon), xt);
      requireClose(epsilon, process.noiseBetween(x0, xt, 6));
      requireClose(dense.score(x0, xt, 6), process.score(x0, xt, 6));
      requireClose(dense.scoreOfNoise(epsilon, 6), process.scoreOfNoise(epsilon, 6));
      requireClose(process.score(x0, xt, 6), process.scoreOfNoise(epsilon, 6));
      requireClose(dense.logDensity(x0, xt, 6), process.logDensity(x0, xt, 6));
    }
  }

  private static void requireClose(NDArray expected, NDArray found) {
    assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(found), 1e-11);
  }

  /** (1 − ᾱ) |Σ| is the determinant of (1 − ᾱ) Σ in one dimension only. */
  @Test
  @Equation("6.2.4-deriv")
  void logDensity_hasTheDeterminantOfTheWholeCovariance_notThePrintedOne() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      double log = Tensors.item(process.logDensity(x0, PlaneExample.noisy(), 2));
      assertEquals(PlaneExample.number("logN"), log, 1e-9);
      double printed = log + 0.5 * Math.log(0.75);
      assertEquals(PlaneExample.number("logN_printed"), printed, 1e-9);
      double step = 0.05;
      double integral = 0;
      NDArray axis = Tensors.linspace(-6, 6, 241).toType(DataType.FLOAT64, false);
      NDArray zero = Tensors.zeros(new Shape(241, 2), DataType.FLOAT64);
      for (double a = -6; a <= 6.0001; a += step) {
        NDArray line = zero.add(PlaneExample.row(a, 0)).add(column(axis));
        integral += Tensors.item(process.logDensity(zero, line, 2).exp().sum()) * step * step;
      }
      assertEquals(1, integral, 1e-6, "the density integrates to 1");
      assertEquals(0.866, integral * Math.sqrt(0.75), 1e-3, "the printed one does not");
    }
  }

  private static NDArray column(NDArray axis) {
    return axis.expandDims(1).mul(PlaneExample.row(0, 1));
  }

  @Test
  @Equation("6.2.1-note")
  void choleskyFactor_givesTheSameLaw_butNotTheSameScore() {
    try (Scope scope = Scope.open()) {
      RealMatrix sigma = Matrices.of(PlaneExample.sigma());
      RealMatrix factor = new CholeskyDecomposition(sigma).getL();
      double[] noise = factor.operate(PlaneExample.EPSILON);
      double[] xt = new double[2];
      double[] score = new double[2];
      for (int k = 0; k < 2; k++) {
        xt[k] = 0.5 * PlaneExample.X0[k] + Math.sqrt(0.75) * noise[k];
      }
      assertArrayEquals(PlaneExample.vector("chol_xt"), xt, 1e-10);
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      double[] exact = Tensors.toDoubles(PlaneExample.process().score(x0, PlaneExample.row(xt), 2));
      assertArrayEquals(PlaneExample.vector("chol_true_score"), exact, 1e-10);
      double[] printed = Matrices.inverse(factor).operate(PlaneExample.EPSILON);
      double[] transposed = Matrices.inverse(factor.transpose()).operate(PlaneExample.EPSILON);
      for (int k = 0; k < 2; k++) {
        score[k] = -transposed[k] / Math.sqrt(0.75);
        printed[k] *= -1 / Math.sqrt(0.75);
      }
      assertArrayEquals(exact, score, 1e-10, "with the transposed inverse");
      assertArrayEquals(PlaneExample.vector("chol_printed_score"), printed, 1e-10);
      assertTrue(Math.abs(printed[0] - exact[0]) > 0.2);
    }
  }

  @Test
  @Equation("6.2.1-note")
  void symmetricRoot_squaresToSigma_choleskyFactorDoesNot() {
    try (Scope scope = Scope.open()) {
      RealMatrix sigma = Matrices.of(Matrices.four());
      DenseNoise noise = new DenseNoise(Matrices.four());
      RealMatrix root = Matrices.linear(noise::sqrt, new Shape(4));
      RealMatrix inverse = Matrices.linear(noise::inverseSqrt, new Shape(4));
      assertEquals(0, Matrices.apart(root, root.transpose()), 1e-14);
      assertEquals(0, Matrices.apart(sigma, root.multiply(root)), 1e-12);
      assertEquals(0, Matrices.apart(Matrices.inverse(root), inverse), 1e-12);
      assertEquals(0, Matrices.apart(Matrices.inverse(sigma), inverse.multiply(inverse)), 1e-12);
      RealMatrix factor = new CholeskyDecomposition(sigma).getL();
      assertEquals(0, Matrices.apart(sigma, factor.multiply(factor.transpose())), 1e-12);
      assertTrue(Matrices.apart(sigma, factor.multiply(factor)) > 0.3);
      RealMatrix ofInverse = new CholeskyDecomposition(Matrices.inverse(sigma)).getL();
      assertTrue(Matrices.apart(Matrices.inverse(factor), ofInverse) > 0.1);
    }
  }
}
