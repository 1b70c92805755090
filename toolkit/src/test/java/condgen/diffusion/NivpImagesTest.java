package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.flow.Divergence;
import condgen.nn.Conv;
import condgen.noise.GaussianFreeField;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.ode.BrownianPath;
import condgen.ode.DormandPrince;
import condgen.ode.EulerMaruyama;
import condgen.ode.LinearMoments;
import condgen.ode.Ode;
import condgen.ode.Sde;
import condgen.ode.Solver;
import condgen.ode.StepObserver;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The equation NIVP on images: white noise and Gaussian free fields, data of a known law. */
class NivpImagesTest {

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static FieldData data(double gamma, int side) {
    GaussianNoise noise = gamma == 0 ? new WhiteNoise() : new GaussianFreeField(gamma);
    DiffusionSde sde = new VariancePreserving(0.1, 8, noise);
    double[] lambda = FieldData.power(gamma, 1, side);
    return new FieldData(sde, lambda, FieldData.power(1.5, 0.4, side));
  }

  static Stream<FieldData> noises() {
    return Stream.of(data(0, 6), data(1, 6));
  }

  private static NDArray unit(int side) {
    int pixels = side * side;
    return Tensors.eye(pixels).toType(DataType.FLOAT64, false).reshape(pixels, 1, side, side);
  }

  /** Where each pixel begins at a value of its own: 6 × 6 images, 6,000 paths of 50 steps. */
  @Test
  @Equation({"6.2.33", "6.2.34"})
  void ensembleOfImages_hasTheMomentsOfTheTransition() {
    FieldData data = data(1, 6);
    int n = 6000;
    int steps = 50;
    NDArray point = data.sample(Seeds.of(3), 1, 1, 0);
    NDArray x0 = point.broadcast(new Shape(n, 1, 6, 6));
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(1));
    double[] times = {0, 0.6};
    StepObserver none = StepObserver.NONE;
    DiffusionSde sde = data.sde();
    NDArray x = Sde.solve(sde.forward(), x0, times, EulerMaruyama.steps(steps), path, none).x();
    double kept = 1;
    double added = 0;
    for (int i = 0; i < steps; i++) {
      double beta = 0.1 + 7.9 * 0.6 * i / steps;
      kept *= 1 - 0.5 * beta * 0.6 / steps;
      added = Math.pow(1 - 0.5 * beta * 0.6 / steps, 2) * added + beta * 0.6 / steps;
    }
    requireMoments(x, point.mul(kept), scaled(data.noise(), added), 0);
    assertEquals(sde.meanFactor(0.6), kept, 0.02, "the steps' own bias is small");
    assertEquals(Math.pow(sde.deviation(0.6), 2), added, 0.02);
    NDArray jumped = sde.diffuse(x0, 0.6, Seeds.of(2).normal(0, x0.getShape(), DataType.FLOAT64));
    double variance = Math.pow(sde.deviation(0.6), 2);
    requireMoments(jumped, sde.mean(point, 0.6), scaled(data.noise(), variance), 0);
  }

  private static double[] scaled(double[] numbers, double c) {
    return Arrays.stream(numbers).map(v -> c * v).toArray();
  }

  /** Mean and covariance within 5 standard errors and a bias. */
  private static void requireMoments(NDArray x, NDArray mean, double[] eigenvalues, double bias) {
    int pixels = eigenvalues.length;
    NDArray flat = x.reshape(-1, pixels);
    long n = flat.getShape().get(0);
    NDArray found = flat.mean(new int[] {0}, true);
    NDArray centred = flat.sub(found);
    double[] covariance = Tensors.toDoubles(centred.transpose().matMul(centred).div(n));
    RealMatrix expected = FieldData.dense(eigenvalues);
    double variance = expected.getEntry(0, 0);
    assertArrayEquals(
        Tensors.toDoubles(mean), Tensors.toDoubles(found), 5 * Math.sqrt(variance / n) + bias);
    double bar = 5 * variance * Math.sqrt(2.0 / n) + bias;
    for (int k = 0; k < covariance.length; k++) {
      assertEquals(expected.getEntry(k / pixels, k % pixels), covariance[k], bar);
    }
  }

  /** Rows of a covariance are images here, since the noise asks for height and width. */
  @Test
  @Equation({"6.2.34", "6.4.25"})
  void momentEquationsOfImages_haveTheClosedForm() {
    FieldData data = data(1, 4);
    RealMatrix start = FieldData.dense(data.data());
    NDArray initial = unit(4);
    NDArray rows = initial.mul(Scalars.fresh(start.getEntry(0, 0), initial));
    NDArray mean = data.sample(Seeds.of(4), 1, 1, 0);
    LinearMoments equations = new LinearMoments(data.sde().forward());
    double[] times = {0, 0.6};
    NDList end =
        Ode.solve(equations, new NDList(mean, rows), times, DormandPrince.tolerances(1e-10, 1e-10))
            .last();
    NDArray closed = data.sde().covariance(rows, 0.6);
    assertEquals(new Shape(16, 1, 4, 4), closed.getShape());
    assertArrayEquals(Tensors.toDoubles(closed), Tensors.toDoubles(end.get(1)), 1e-8);
    assertArrayEquals(
        Tensors.toDoubles(data.sde().mean(mean, 0.6)), Tensors.toDoubles(end.get(0)), 1e-8);
    double[] byHand =
        FieldData.dense(scaled(data.noise(), Math.pow(data.sde().deviation(0.6), 2))).getRow(1);
    double a = data.sde().meanFactor(0.6);
    byHand[1] += a * a * start.getEntry(0, 0);
    assertArrayEquals(byHand, Tensors.toDoubles(closed.get("1")), 1e-12);
    NDArray notSquare = Tensors.zeros(new Shape(15, 1, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> data.sde().covariance(notSquare, 0.6));
  }

  @ParameterizedTest
  @MethodSource("noises")
  void reverseEquationAndFlow_returnTheImagesLaw(FieldData data) {
    int n = 2000;
    NDArray z = data.sample(Seeds.of(5), n, 1, 1);
    double[] times = {1, 0};
    BrownianPath path = BrownianPath.ofBatch(Seeds.of(7));
    NDArray x =
        Sde.solve(
                data.sde().reverse(data),
                z,
                times,
                EulerMaruyama.steps(80),
                path,
                StepObserver.NONE)
            .orThrow()
            .x();
    requireMoments(x, data.mean(0), data.data(), 0.02);
    Solver solver = DormandPrince.tolerances(1e-5, 1e-5);
    NDArray flowed = Ode.solve(data.sde().probabilityFlow(data), z, 1, 0, solver).orThrow().x();
    requireMoments(flowed, data.mean(0), data.data(), 1e-3);
    NDArray back =
        Ode.solve(new ProbabilityFlow(data.sde(), data), flowed, 0, 1, solver).orThrow().x();
    assertEquals(0, Tensors.item(back.sub(z).abs().max()), 1e-2, "there and back again");
  }

  @ParameterizedTest
  @MethodSource("noises")
  void logLikelihood_ofImages_isTheClosedForm_inBothPrecisions(FieldData large) {
    FieldData data = data(large.noise()[0] == 1 ? 0 : 1, 4);
    NDArray x = data.sample(Seeds.of(1), 2, 2, 0);
    double[] expected = data.logDensity(x, 0);
    ProbabilityFlow flow = new ProbabilityFlow(data.sde(), data);
    for (DataType type : new DataType[] {DataType.FLOAT64, DataType.FLOAT32}) {
      boolean twice = type == DataType.FLOAT64;
      double tolerance = twice ? 1e-6 : 1e-4;
      Solver solver = DormandPrince.tolerances(tolerance, tolerance);
      NDArray found =
          flow.logLikelihood(
                  x.toType(type, false),
                  solver,
                  Divergence.exact(),
                  Seeds.of(2),
                  z -> Tensors.ofDoubles(data.logDensity(z, 1)).toType(type, false))
              .logDensity();
      assertEquals(type, found.getDataType());
      assertArrayEquals(expected, Tensors.toDoubles(found), twice ? 1e-3 : 1e-2);
    }
  }

  /** All maps here are symmetric: both products with the Jacobian are one. */
  @Test
  void hutchinsonsEstimate_isTheSameInBothModes_andUnbiased() {
    FieldData data = data(1, 6);
    ProbabilityFlow flow = new ProbabilityFlow(data.sde(), data);
    double t = 0.4;
    double g = data.sde().diffusionCoefficient(t);
    double[] spectrum = data.spectrum(t);
    double trace = 0;
    double squares = 0;
    for (int k = 0; k < 36; k++) {
      double entry = data.sde().driftRate(t) + 0.5 * g * g * data.noise()[k] / spectrum[k];
      trace += entry;
      squares += entry * entry;
    }
    int n = 2000;
    NDArray x = data.sample(Seeds.of(1), n, 1, t);
    double[][] found = new double[2][];
    for (Divergence.Mode mode : Divergence.Mode.values()) {
      Divergence divergence = Divergence.hutchinson(Divergence.Probe.GAUSSIAN, mode);
      NDArray probe = divergence.probe(Seeds.of(6), 0, x);
      Divergence.Estimate estimate = divergence.at(v -> flow.slope(t, v), x, probe);
      found[mode.ordinal()] = Tensors.toDoubles(estimate.divergence());
      double mean = Tensors.item(estimate.divergence().mean());
      assertEquals(trace, mean, 5 * Math.sqrt(2 * squares / n));
    }
    assertArrayEquals(found[0], found[1], 1e-10);
  }

  /** A convolution as ε_θ, in both precisions: the score's Jacobian against differences. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT32", "FLOAT64"})
  void scoreOfALayerOfImages_isThatOfThePredictor_andHasAJacobian(DataType type) {
    NoiseSchedule schedule = NoiseSchedule.ddpm(100);
    DiffusionSde sde = new VariancePreserving(0.1, 20, new GaussianFreeField(1));
    Conv layer = new Conv(1, 1, 3);
    NDList theta = new NDList();
    layer.initialize(Seeds.of(10)).forEach(p -> theta.add(p.toType(type, false)));
    DualScore dual = DualScore.of(layer, theta, sde, schedule);
    ScoreFunction plain = ScoreFunction.of(NoisePredictor.of(layer, theta), sde, schedule);
    Shape shape = new Shape(3, 1, 6, 5);
    NDArray x = Seeds.of(11).normal(0, shape, type);
    NDArray e = Seeds.of(12).normal(0, shape, type);
    NDArray f = Seeds.of(13).normal(0, shape, type);
    double bar = type == DataType.FLOAT32 ? 1e-3 : 1e-9;
    assertEquals(type, dual.at(x, 0.4).getDataType());
    assertArrayEquals(Tensors.toDoubles(plain.at(x, 0.4)), Tensors.toDoubles(dual.at(x, 0.4)), bar);
    NDArray forward = Dual.jvp(v -> dual.at(v, 0.4), x, e).tangent();
    NDArray apart = dual.at(x.add(e), 0.4).sub(dual.at(x, 0.4));
    assertArrayEquals(Tensors.toDoubles(apart), Tensors.toDoubles(forward), bar, "linear in x");
    NDArray backward = Dual.vjp(v -> dual.at(v, 0.4), x, f).product();
    double there = Tensors.item(forward.mul(f).sum());
    assertEquals(there, Tensors.item(backward.mul(e).sum()), 10 * bar);
  }
}
