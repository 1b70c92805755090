package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.ode.ClassicRungeKutta;
import condgen.ode.DormandPrince;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import condgen.tensor.Rule;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The equations of thesis section 2.3, on a linear field and on a field of one dimension. */
class ChangeOfVariablesTest {

  /** Tr A = 1.2. */
  private static final double[][] A = {{0.5, -0.8, 0.3}, {0.6, 0.4, -0.2}, {-0.1, 0.7, 0.3}};

  private static final double TRACE = 1.2;

  private static final NDList NO_PARAMETERS = new NDList();

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** v' = A v. */
  private static ContinuousFlow linear() {
    double[] entries = new double[9];
    for (int i = 0; i < 9; i++) {
      entries[i] = A[i / 3][i % 3];
    }
    NDArray a = Tensors.of(entries, new Shape(3, 3));
    return ContinuousFlow.of(
        (theta, t, v) -> LinearMap.linear(v, a, null),
        Divergence.exact(),
        DormandPrince.tolerances(1e-13, 1e-14));
  }

  private static NDArray row(double... values) {
    return Tensors.of(values, new Shape(1, values.length));
  }

  /** z with log N(z; 0, I) = -3.900086, and x = exp(-A) z. */
  private static double[] noise() {
    double length = Math.sqrt(2 * (3.900086 - 1.5 * Math.log(2 * Math.PI)) / 14);
    return new double[] {length, -2 * length, 3 * length};
  }

  private static double[] data() {
    return Matrices.times(Matrices.exponential(A, -1), noise());
  }

  /** The covariance of v(t): z = exp(A (1 - t)) v is standard normal. */
  private static double[][] covariance(double t) {
    double[][] back = Matrices.exponential(A, t - 1);
    return Matrices.times(back, Matrices.transpose(back));
  }

  @Test
  @Equation({"2.3.1", "2.3.2"})
  void linearField_isTheMatrixExponential() {
    NDArray came = linear().forward(NO_PARAMETERS, row(0.3, -1.1, 0.7), null).end();
    double[] expected = Matrices.times(Matrices.exponential(A, 1), new double[] {0.3, -1.1, 0.7});
    assertArrayEquals(expected, Tensors.toDoubles(came), 1e-10);
  }

  @Test
  @Equation("2.3.3")
  void inverseOfForward_isTheIdentity() {
    ContinuousFlow flow = linear();
    NDArray x = row(0.3, -1.1, 0.7);
    Passage there = flow.forward(NO_PARAMETERS, x, null);
    Passage back = flow.inverse(NO_PARAMETERS, there.end(), null);
    assertArrayEquals(Tensors.toDoubles(x), Tensors.toDoubles(back.end()), 1e-10);
    assertEquals(-TRACE, Tensors.item(there.change()), 1e-12);
    assertEquals(TRACE, Tensors.item(back.change()), 1e-12);
  }

  @Test
  @Equation("2.3.4")
  void logDensity_ofLinearField_isThatOfItsGaussian() {
    double expected = Matrices.logNormal(data(), covariance(0));
    assertEquals(-2.700086, expected, 1e-12);
    NDArray came = linear().logDensity(NO_PARAMETERS, row(data()), null);
    assertEquals(expected, Tensors.item(came), 1e-12);
    double logDeterminant = Matrices.eliminate(Matrices.exponential(A, 1), new double[3]);
    assertEquals(TRACE, logDeterminant, 1e-12);
    assertEquals(expected, logDeterminant - 3.900086, 1e-12);
  }

  @Test
  @Equation("2.3.5")
  void logDensityAlongTheTrajectory_fallsByTheTrace_butNotAtAFixedPoint() {
    double t = 0.4;
    double h = 1e-4;
    double[] ends = new double[2];
    double[] fixed = new double[2];
    double[] here = Matrices.times(Matrices.exponential(A, t), data());
    for (int i = 0; i < 2; i++) {
      double s = i == 0 ? t + h : t - h;
      double[] moved = Matrices.times(Matrices.exponential(A, s), data());
      ends[i] = Matrices.logNormal(moved, covariance(s));
      fixed[i] = Matrices.logNormal(here, covariance(s));
    }
    assertEquals(-TRACE, (ends[0] - ends[1]) / (2 * h), 1e-6);
    assertTrue(Math.abs((fixed[0] - fixed[1]) / (2 * h) + TRACE) > 0.1);
    NDArray onTheWay = linear().logDensity(NO_PARAMETERS, row(here), t, null);
    assertEquals(Matrices.logNormal(here, covariance(t)), Tensors.item(onTheWay), 1e-12);
    AugmentedDynamics f =
        new AugmentedDynamics(linear().field(), Divergence.exact(), Regularizer.NONE, null);
    NDList slope = f.apply(NO_PARAMETERS, t, f.start(Passage.at(row(here))));
    assertEquals(-TRACE, Tensors.item(slope.get(1)), 1e-12);
  }

  @Test
  @Equation("2.3.6")
  void minusTheTrace_isLogDensityOfNoiseMinusThatOfData_soItHasToBeSubtracted() {
    double right = Matrices.logNormal(data(), covariance(0));
    Passage passage = linear().forward(NO_PARAMETERS, row(data()), null);
    double delta = Tensors.item(passage.change());
    double logNoise = Tensors.item(linear().noiseLogDensity(passage.end()));
    assertEquals(logNoise - right, delta, 1e-12);
    assertEquals(right, logNoise - delta, 1e-12);
    double asPrinted = delta + logNoise;
    assertEquals(-5.100, asPrinted, 1e-3);
    assertEquals(2 * TRACE, right - asPrinted, 1e-12);
  }

  /** sin and its derivatives, by element. */
  private record Sine(boolean cosine) implements Rule {
    @Override
    public NDArray value(NDArray[] x) {
      return cosine ? x[0].cos() : x[0].sin();
    }

    @Override
    public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
      return vjp(x, y, tangents[0], 0);
    }

    @Override
    public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
      return cosine ? cotangent.mul(x[0].sin()).neg() : cotangent.mul(x[0].cos());
    }
  }

  /** v' = sin(v) (1 + t) + 0.3. */
  private static ContinuousFlow wave() {
    return ContinuousFlow.of(
        (theta, t, v) ->
            Dual.apply(new Sine(false), v).mul(Dual.of(Scalars.fresh(1 + t, v.value()))).add(0.3),
        Divergence.exact(),
        ClassicRungeKutta.steps(100));
  }

  /** The integral of exp(log density) over equally spaced points, by the trapezoidal rule. */
  private static double integral(NDArray logDensity, double spacing) {
    Arguments.requireShape(logDensity, "logDensity", -1);
    double[] density = Tensors.toDoubles(logDensity.exp());
    double sum = -0.5 * (density[0] + density[density.length - 1]);
    for (double value : density) {
      sum += value;
    }
    return sum * spacing;
  }

  @Test
  @Equation("2.3.7")
  void densityOfAugmentedSolve_integratesToOne_onlyWhenItsChangeIsSubtracted() {
    int n = 2801;
    NDArray x = Tensors.linspace(-7, 7, n).toType(DataType.FLOAT64, false).reshape(new Shape(n, 1));
    ContinuousFlow flow = wave();
    Passage passage = flow.forward(NO_PARAMETERS, x, null);
    NDArray logNoise = flow.noiseLogDensity(passage.end());
    assertEquals(1, integral(logNoise.sub(passage.change()), 14.0 / (n - 1)), 1e-5);
    assertEquals(1, integral(flow.logDensity(NO_PARAMETERS, x, null), 14.0 / (n - 1)), 1e-5);
    assertEquals(0.2212, integral(logNoise.add(passage.change()), 14.0 / (n - 1)), 1e-4);
  }

  @Test
  @Equation({"2.3.4", "2.3.7"})
  void changeOfAugmentedSolve_isMinusTheLogarithmOfTheSlopeOfTheMap() {
    ContinuousFlow flow = wave();
    double h = 1e-5;
    NDArray x = Tensors.of(new double[] {0.37 - h, 0.37, 0.37 + h}, new Shape(3, 1));
    Passage passage = flow.forward(NO_PARAMETERS, x, null);
    double[] z = Tensors.toDoubles(passage.end());
    double slope = (z[2] - z[0]) / (2 * h);
    assertEquals(Math.log(slope), -Tensors.toDoubles(passage.change())[1], 1e-7);
  }
}
