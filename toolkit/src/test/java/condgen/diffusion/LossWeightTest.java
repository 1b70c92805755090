package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianFreeField;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thesis 6.2.3 to 6.2.6: losses with correlated noise. */
class LossWeightTest {

  private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(10, 0.02, 0.3);
  private static final Shape IMAGE = new Shape(4, 4);

  private static NDArray draw(int step, Shape shape) {
    return Seeds.of(63).normal(step, shape, DataType.FLOAT64);
  }

  private static String letter(LossWeight weight) {
    return "abc".substring(weight.ordinal(), weight.ordinal() + 1);
  }

  /** λ of 6.2.8 to 6.2.10 by its definition. */
  private static RealMatrix lambda(LossWeight weight, RealMatrix sigma, double alphaBar) {
    RealMatrix power =
        switch (weight) {
          case WHITENED -> sigma;
          case SCORE -> MatrixUtils.createRealIdentityMatrix(sigma.getRowDimension());
          case IMAGE -> sigma.multiply(sigma);
        };
    return power.scalarMultiply(1 - alphaBar);
  }

  @Test
  @Equation({"6.2.5", "6.2.11"})
  void scoreLoss_ofTheExampleInThePlane_inBothForms() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      NDArray s = process.scoreOfNoise(PlaneExample.row(PlaneExample.vector("eps_theta")), 2);
      double loss =
          Tensors.item(new NoiseMatching(process).scoreLoss(s, x0, PlaneExample.noisy(), 2));
      assertEquals(PlaneExample.number("half|res|^2"), loss, 1e-10);
      NDArray epsilon = PlaneExample.row(PlaneExample.EPSILON);
      NDArray shaped = process.noise().inverseSqrt(epsilon);
      NDArray residual = Scalars.axpy(1 / Math.sqrt(0.75), shaped, s);
      assertEquals(loss, 0.5 * Tensors.item(residual.square().sum()), 1e-12);
    }
  }

  /** The matrix Cov[score] is Σ⁻¹ / (1 − ᾱ); the scalar E‖score‖² is its trace. */
  @Test
  @Equation("6.2.6")
  void varianceOfTheScore_isAMatrix_andItsMeanSquareNormTheTrace() {
    try (Scope scope = Scope.open()) {
      int n = 400_000;
      NDArray score = PlaneExample.process().scoreOfNoise(draw(1, new Shape(n, 2)), 2);
      double square = Tensors.item(score.square().sum(new int[] {1}).mean());
      double trace = PlaneExample.number("E|score|^2");
      assertEquals(trace, square, 0.01 * trace);
      RealMatrix exact =
          Matrices.inverse(Matrices.of(PlaneExample.sigma())).scalarMultiply(1 / 0.75);
      assertEquals(trace, exact.getTrace(), 1e-9);
      assertTrue(Matrices.standardErrors(Matrices.sampleCovariance(score), exact, n) < 4);
      double printed = exact.getEntry(0, 0);
      assertTrue(Math.abs(square - printed) > 2, "no entry of the matrix is the scalar");
    }
  }

  @Test
  @Equation("6.2.7")
  void overallLoss_withTheWeightOfTheScore_isTheWeightedMeanOfTheScoreLosses() {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = new ForwardProcess(SCHEDULE, new DenseNoise(Matrices.four()));
      NoiseMatching matching = new NoiseMatching(process, LossWeight.SCORE);
      NDArray x0 = draw(1, new Shape(3, 4));
      NDArray epsilon = draw(2, new Shape(3, 4));
      NDArray predicted = draw(3, new Shape(3, 4));
      int[] t = {1, 5, 9};
      double mean = 0;
      for (int i = 0; i < 3; i++) {
        String row = i + ":" + (i + 1);
        NDArray xt = process.diffuse(x0.get(row), t[i], epsilon.get(row));
        NDArray s = process.scoreOfNoise(predicted.get(row), t[i]);
        mean += 0.1 * t[i] * Tensors.item(matching.scoreLoss(s, x0.get(row), xt, t[i])) / 3;
      }
      double found =
          Tensors.item(matching.overallLoss((x, s) -> predicted, x0, t, epsilon, k -> 0.1 * k));
      assertEquals(1, found / mean, 1e-6, "(factors per sample are made in float32)");
    }
  }

  @ParameterizedTest
  @EnumSource(LossWeight.class)
  @Equation({"6.2.8", "6.2.9", "6.2.10"})
  void weightedScoreLoss_ofTheExample_isHalfThePrintedOne(LossWeight weight) {
    try (Scope scope = Scope.open()) {
      ForwardProcess process = PlaneExample.process();
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      NDArray s = process.scoreOfNoise(PlaneExample.row(PlaneExample.vector("eps_theta")), 2);
      NoiseMatching matching = new NoiseMatching(process, weight);
      double half = Tensors.item(matching.weightedScoreLoss(s, x0, PlaneExample.noisy(), 2));
      double printed = PlaneExample.number("L" + letter(weight));
      assertEquals(PlaneExample.number("quad_" + letter(weight)), printed, 1e-10);
      assertEquals(printed / 2, half, 1e-10);
      assertTrue(printed - half > 0.04, "the printed loss lacks the factor ½ of 6.2.5");
    }
  }

  /** Both printed forms of 6.2.8 to 6.2.10, and rᵀ λ r, with matrices. */
  @ParameterizedTest
  @EnumSource(LossWeight.class)
  @Equation({"6.2.8", "6.2.9", "6.2.10"})
  void printedForms_areRLambdaR_inFourDimensions(LossWeight weight) {
    try (Scope scope = Scope.open()) {
      DenseNoise noise = new DenseNoise(Matrices.four());
      ForwardProcess process = new ForwardProcess(SCHEDULE, noise);
      RealMatrix sigma = Matrices.of(Matrices.four());
      double alphaBar = SCHEDULE.alphaBar(6);
      NDArray x0 = draw(1, new Shape(1, 4));
      NDArray epsilon = draw(2, new Shape(1, 4));
      NDArray s = draw(3, new Shape(1, 4));
      NDArray xt = process.diffuse(x0, 6, epsilon);
      double[] r = Tensors.toDoubles(s.sub(process.score(x0, xt, 6)));
      double square = quadratic(r, lambda(weight, sigma, alphaBar));
      NDArray shaped =
          switch (weight) {
            case WHITENED -> noise.sqrt(s);
            case SCORE -> s;
            case IMAGE -> noise.covariance(s);
          };
      NDArray error = Scalars.scale(shaped, Math.sqrt(1 - alphaBar));
      NDArray ofNoise = error.add(weight.apply(noise, epsilon));
      assertEquals(square, Tensors.item(ofNoise.square().sum()), 1e-12);
      NDArray gap = Scalars.axpy(-Math.sqrt(alphaBar), x0, xt);
      NDArray white = noise.inverseSqrt(Scalars.scale(gap, 1 / Math.sqrt(1 - alphaBar)));
      NDArray ofGap = error.add(weight.apply(noise, white));
      assertEquals(square, Tensors.item(ofGap.square().sum()), 1e-12);
      NoiseMatching matching = new NoiseMatching(process, weight);
      double half = Tensors.item(matching.weightedScoreLoss(s, x0, xt, 6));
      assertEquals(square / 2, half, 1e-12);
      RealMatrix other = Matrices.inverse(sigma).scalarMultiply(1 - alphaBar);
      assertTrue(Math.abs(quadratic(r, other) / square - 1) > 0.05, "not with Σ⁻¹ as a weight");
    }
  }

  private static double quadratic(double[] r, RealMatrix m) {
    return MatrixUtils.createRealVector(r).dotProduct(m.operate(MatrixUtils.createRealVector(r)));
  }

  @ParameterizedTest
  @EnumSource(LossWeight.class)
  @Equation({"6.2.12", "6.2.13", "6.2.14"})
  void loss_ofTheExample_isTheScoreLossWithTheModelPutIn(LossWeight weight) {
    try (Scope scope = Scope.open()) {
      NoiseMatching matching = new NoiseMatching(PlaneExample.process(), weight);
      NDArray predicted = PlaneExample.row(PlaneExample.vector("eps_theta"));
      NDArray x0 = PlaneExample.row(PlaneExample.X0);
      NDArray epsilon = PlaneExample.row(PlaneExample.EPSILON);
      double loss = Tensors.item(matching.loss((x, t) -> predicted, x0, new int[] {2}, epsilon));
      assertEquals(PlaneExample.number("L" + letter(weight) + "_eps"), loss, 1e-10);
      NDArray s = PlaneExample.process().scoreOfNoise(predicted, 2);
      NDArray xt = PlaneExample.noisy();
      assertEquals(loss, 2 * Tensors.item(matching.weightedScoreLoss(s, x0, xt, 2)), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(LossWeight.class)
  @Equation({"6.2.12", "6.2.13", "6.2.14"})
  void lossOfAField_isThatOfItsDenseMatrix_andItsGradientToo(LossWeight weight) {
    try (Scope scope = Scope.open()) {
      double[][] sigma = FieldByCosines.covariance(1, 4, 4);
      NoiseMatching field =
          new NoiseMatching(new ForwardProcess(SCHEDULE, new GaussianFreeField(1)), weight);
      NoiseMatching dense =
          new NoiseMatching(new ForwardProcess(SCHEDULE, new DenseNoise(sigma)), weight);
      Shape batch = new Shape(3).addAll(IMAGE);
      NDArray x0 = draw(1, batch);
      NDArray epsilon = draw(2, batch);
      NDArray predicted = draw(3, batch);
      int[] t = {1, 5, 9};
      Gradients.ValueAndGrad found =
          Gradients.valueAndGrad(
              new NDList(predicted), p -> field.loss((x, s) -> p.get(0), x0, t, epsilon));
      double loss = Tensors.item(dense.loss((x, s) -> predicted, x0, t, epsilon));
      assertEquals(1, Tensors.item(found.value()) / loss, 1e-12);
      double each = Tensors.item(field.lossPerDimension((x, s) -> predicted, x0, t, epsilon));
      assertEquals(loss / 16, each, 1e-12 * loss);
      RealMatrix square = lambda(weight, Matrices.of(sigma), 0);
      square = square.multiply(Matrices.inverse(Matrices.of(sigma)));
      RealMatrix difference = Matrices.of(epsilon.sub(predicted));
      RealMatrix exact = difference.multiply(square).scalarMultiply(-2.0 / 3);
      assertEquals(0, Matrices.apart(exact, Matrices.of(found.gradients().get(0))), 1e-11);
    }
  }

  /** A field of variance 1 in each pixel: always answering 0 has loss 1 in ε and in the image. */
  @Test
  @Equation({"6.2.12", "6.2.13", "6.2.14"})
  void lossPerDimension_ofAlwaysZero_isTheMeanWeightOfADirection() {
    try (Scope scope = Scope.open()) {
      int n = 20_000;
      int[] t = new int[n];
      Arrays.fill(t, 4);
      NDArray x0 = Tensors.zeros(new Shape(n).addAll(IMAGE), DataType.FLOAT64);
      NDArray epsilon = draw(4, x0.getShape());
      double[] lambda = FieldByCosines.eigenvalues(1, 4, 4);
      double inverse = Arrays.stream(lambda).map(l -> 1 / l).average().getAsDouble();
      double[] expected = {1, inverse, 1};
      for (LossWeight weight : LossWeight.values()) {
        NoiseMatching matching =
            new NoiseMatching(new ForwardProcess(SCHEDULE, new GaussianFreeField(1)), weight);
        NDArray loss = matching.lossPerDimension((x, s) -> Tensors.zerosLike(x), x0, t, epsilon);
        double right = expected[weight.ordinal()];
        double error = 4 * Math.sqrt(2.0 / n / 16) * 3 * right;
        assertEquals(right, Tensors.item(loss), error, weight.toString());
      }
      assertTrue(inverse > 1.5);
    }
  }

  @Test
  void badArguments_areRefused() {
    ForwardProcess process = new ForwardProcess(SCHEDULE, new GaussianFreeField(1));
    assertThrows(IllegalArgumentException.class, () -> new NoiseMatching(process, null));
    assertThrows(IllegalArgumentException.class, () -> new NoiseMatching(null));
    try (Scope scope = Scope.open()) {
      NDArray x = draw(5, new Shape(2).addAll(IMAGE));
      NDArray wide = x.get("0:1");
      for (LossWeight weight : LossWeight.values()) {
        NoiseMatching matching = new NoiseMatching(process, weight);
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> matching.weightedScoreLoss(wide, x, x, 4),
                    "a score for one sample would be spread over all")
                .getMessage();
        assertTrue(message.startsWith("score and x0"), message);
        assertThrows(IllegalArgumentException.class, () -> matching.scoreLoss(wide, x, x, 4));
      }
    }
  }
}
