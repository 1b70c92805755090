package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.flow.Divergence.Mode;
import condgen.flow.Divergence.Probe;
import condgen.nn.Parameter;
import condgen.noise.GaussianNoise;
import condgen.ode.ClassicRungeKutta;
import condgen.ode.DormandPrince;
import condgen.ode.Gradient;
import condgen.ode.OdeGradient;
import condgen.ode.Solver;
import condgen.tensor.Activation;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContinuousFlowTest {

  private static final Solver PRECISE = DormandPrince.tolerances(1e-9, 1e-10);

  private final DenseField field = new DenseField(2, Activation.TANH, 8, 8);
  private final Seeds seeds = Seeds.of(4);
  private Scope scope;
  private NDList theta;
  private NDArray x;

  @BeforeEach
  void open() {
    scope = Scope.open();
    theta = new NDList();
    field
        .initialize(seeds)
        .forEach(array -> theta.add(Scalars.scale(array, 2).toType(DataType.FLOAT64, false)));
    x = seeds.normal(1, new Shape(5, 2), DataType.FLOAT64);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private ContinuousFlow flow(Solver solver) {
    return ContinuousFlow.of(field, Divergence.exact(), solver);
  }

  @Test
  void logDensity_equalsThatOfTheBruteForceJacobian() {
    ContinuousFlow flow = flow(PRECISE);
    double[] came = Tensors.toDoubles(flow.logDensity(theta, x, null));
    double h = 1e-5;
    double[][] columns = new double[2][];
    for (int i = 0; i < 2; i++) {
      NDArray shift = Tensors.of(new double[] {i == 0 ? h : 0, i == 1 ? h : 0}, new Shape(1, 2));
      NDArray up = flow.forward(theta, x.add(shift), null).end();
      NDArray down = flow.forward(theta, x.sub(shift), null).end();
      columns[i] = Tensors.toDoubles(Scalars.scale(up.sub(down), 1 / (2 * h)));
    }
    double[] z = Tensors.toDoubles(flow.forward(theta, x, null).end());
    for (int b = 0; b < came.length; b++) {
      double determinant =
          columns[0][2 * b] * columns[1][2 * b + 1] - columns[0][2 * b + 1] * columns[1][2 * b];
      double logNoise =
          -Math.log(2 * Math.PI) - 0.5 * (z[2 * b] * z[2 * b] + z[2 * b + 1] * z[2 * b + 1]);
      assertEquals(logNoise + Math.log(Math.abs(determinant)), came[b], 1e-7);
    }
  }

  @Test
  void hutchinson_averagesToTheExactDensity() {
    int n = 1000;
    NDArray many = x.get("0:1").repeat(0, n);
    ContinuousFlow flow = flow(ClassicRungeKutta.steps(6));
    double exact = Tensors.toDoubles(flow.logDensity(theta, x, null))[0];
    for (Mode mode : Mode.values()) {
      Divergence divergence = Divergence.hutchinson(Probe.RADEMACHER, mode);
      NDArray e = divergence.probe(seeds, 3, many);
      NDArray came = flow.with(divergence).logDensity(theta, many, e);
      double mean = Tensors.item(came.mean());
      double deviation =
          Math.sqrt(Tensors.item(came.sub(Scalars.fresh(mean, came)).square().mean()));
      assertEquals(exact, mean, 4 * deviation / Math.sqrt(n));
      assertTrue(deviation > 1e-3, "a direction that varies must show");
    }
  }

  @Test
  void gradients_ofBothWays_equalCentralDifferences() {
    ContinuousFlow flow = flow(PRECISE).with(Regularizer.SUM);
    Function<Passage, NDArray> loss = flow.negativeLogLikelihood(0.1, 0.05);
    NDArray direction = seeds.normal(8, theta.get(2).getShape(), DataType.FLOAT64);
    double h = 1e-5;
    double[] ends = new double[2];
    for (int i = 0; i < 2; i++) {
      NDList moved = new NDList(theta);
      moved.set(2, Scalars.axpy(i == 0 ? h : -h, direction, theta.get(2)));
      ends[i] = Tensors.item(loss.apply(flow.forward(moved, x, null)));
    }
    double expected = (ends[0] - ends[1]) / (2 * h);
    for (Gradient how : new Gradient[] {Gradient.discrete(), Gradient.adjoint()}) {
      OdeGradient came = flow.gradient(theta, x, null, how, loss);
      assertEquals(
          Tensors.item(loss.apply(flow.forward(theta, x, null))),
          Tensors.item(came.value()),
          1e-10);
      double found = Tensors.item(came.theta().get(2).mul(direction).sum());
      assertEquals(expected, found, 1e-6 * Math.abs(expected) + 1e-8);
    }
  }

  @Test
  void regularizers_ofReleasedCode_areScaledSums() {
    ContinuousFlow flow = flow(ClassicRungeKutta.steps(8));
    Passage sum = flow.with(Regularizer.SUM).forward(theta, x, null);
    Passage mean = flow.with(Regularizer.RELEASED_MEAN).forward(theta, x, null);
    assertArrayEquals(
        Tensors.toDoubles(Scalars.scale(sum.kinetic(), 0.25)),
        Tensors.toDoubles(mean.kinetic()),
        1e-12);
    assertArrayEquals(
        Tensors.toDoubles(Scalars.scale(sum.jacobian(), 0.5)),
        Tensors.toDoubles(mean.jacobian()),
        1e-12);
    assertNull(flow.forward(theta, x, null).kinetic());
  }

  @Test
  void passagesInARow_addTheirChanges() {
    ContinuousFlow flow = flow(PRECISE);
    Passage first = flow.forward(theta, x, null);
    Passage both = flow.forward(theta, first, null);
    Passage second = flow.forward(theta, first.end(), null);
    assertArrayEquals(
        Tensors.toDoubles(first.change().add(second.change())),
        Tensors.toDoubles(both.change()),
        1e-8);
    Passage back = flow.inverse(theta, flow.inverse(theta, both, null), null);
    assertArrayEquals(new double[5], Tensors.toDoubles(back.change()), 1e-7);
    assertArrayEquals(Tensors.toDoubles(x), Tensors.toDoubles(back.end()), 1e-7);
  }

  @Test
  void sample_isTheInverseOfItsNoise_andRepeats() {
    NDList floats = field.initialize(seeds);
    ContinuousFlow flow = flow(ClassicRungeKutta.steps(8));
    NDArray came = flow.sample(floats, seeds, 5, new Shape(2), 3);
    NDArray z = GaussianNoise.white(seeds, 5, new Shape(2), 3);
    assertArrayEquals(
        Tensors.toDoubles(flow.inverse(floats, z, null).end()), Tensors.toDoubles(came), 1e-6);
    assertEquals(came, flow.sample(floats, seeds, 5, new Shape(2), 3));
    assertNotEquals(came, flow.sample(floats, seeds, 6, new Shape(2), 3));
  }

  @Test
  void fields_haveTheReleasedParameters() {
    assertEquals(79_134, new ConvolutionalField(3, 0).parameterCount());
    assertEquals(87_834, new ConvolutionalField(9, 3).parameterCount());
    Parameter first = new ConvolutionalField(9, 3).parameters().get(0);
    assertEquals(new Shape(64, 13, 3, 3), first.shape());
    assertEquals("layers.0.weight", first.name());
  }

  @Test
  void wrongArguments_areNamed() {
    ContinuousFlow flow = flow(PRECISE);
    assertThrows(IllegalArgumentException.class, () -> flow.given(x));
    assertThrows(IllegalArgumentException.class, () -> flow.until(0));
    assertThrows(IllegalArgumentException.class, () -> flow.logDensity(theta, x, 1, null));
    assertThrows(IllegalArgumentException.class, () -> flow.with((Solver) null));
    assertThrows(
        IllegalArgumentException.class, () -> flow.forward(theta, Tensors.ofDoubles(1, 2), null));
    ConvolutionalField conditioned = new ConvolutionalField(1, 2, 4);
    NDArray image = Tensors.zeros(new Shape(1, 1, 4, 4));
    NDList weights = conditioned.initialize(seeds);
    ContinuousFlow images =
        ContinuousFlow.of(conditioned, Divergence.exact(), ClassicRungeKutta.steps(2));
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> images.forward(weights, image, null));
    assertTrue(missing.getMessage().contains("condition"), missing.getMessage());
    assertThrows(IllegalArgumentException.class, () -> images.given(image));
    Divergence estimated = Divergence.hutchinson(Probe.GAUSSIAN, Mode.FORWARD);
    assertThrows(
        IllegalArgumentException.class, () -> flow.with(estimated).logDensity(theta, x, null));
  }
}
