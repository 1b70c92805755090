package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.multires.Decomposition;
import condgen.multires.ImagePyramid;
import condgen.multires.PatchSplit;
import condgen.ode.DormandPrince;
import condgen.ode.Euler;
import condgen.ode.Ode;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model of thesis section 4.3, on images whose densities are known and on small networks. */
class MultiResolutionFlowTest {

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static MultiResolutionArchitecture small(int channels, int side, int resolutions) {
    return MultiResolutionArchitecture.released(channels, side, resolutions, 1).hidden(4, 4);
  }

  /** Parameters of both signs everywhere, so that no field is nearly constant. */
  private static List<NDList> lively(MultiResolutionFlow flow) {
    List<NDList> theta = new ArrayList<>();
    for (NDList own : flow.initialize(Seeds.of(4))) {
      NDList list = new NDList();
      for (NDArray array : own) {
        NDArray noise = Seeds.of(list.size() + 9).normal(0, array.getShape());
        list.add(Scalars.scale(noise, 0.3).toType(DataType.FLOAT64, false));
      }
      theta.add(list);
    }
    return theta;
  }

  private static double off(NDArray a, NDArray b) {
    return Tensors.item(a.sub(b).abs().max());
  }

  /** log N(v; 0, covariance). */
  private static double logNormal(RealMatrix v, RealMatrix covariance) {
    LUDecomposition lu = new LUDecomposition(covariance);
    double square = v.transpose().multiply(lu.getSolver().solve(v)).getEntry(0, 0);
    return -0.5
        * (square + Math.log(lu.getDeterminant()) + v.getRowDimension() * Math.log(2 * Math.PI));
  }

  /**
   * A Gaussian image of 4 x 4 pixels: its density directly, and as the sum over resolutions, each
   * of whose flows is the affine map that whitens the details given the coarser image.
   */
  @Test
  @Equation({"4.3.7", "4.3.10", "4.3.11", "4.3.12"})
  void gaussianImage_hasTheSumOfTheConditionalDensities() {
    int n = 16;
    RealMatrix root = MatrixUtils.createRealMatrix(n, n);
    double[] random = Tensors.toDoubles(Seeds.of(8).normal(0, new Shape(n, n), DataType.FLOAT64));
    for (int i = 0; i < n * n; i++) {
      root.setEntry(i / n, i % n, random[i] + (i / n == i % n ? 3 : 0));
    }
    RealMatrix covariance = root.multiply(root.transpose());
    for (PatchSplit split : List.of(PatchSplit.HAAR, PatchSplit.UNIMODULAR)) {
      NDArray units = Tensors.eye(n).toType(DataType.FLOAT64, false).reshape(n, 1, 4, 4);
      Decomposition columns = Decomposition.of(split, units, 3);
      RealMatrix y1 = rows(columns.details().get(0));
      RealMatrix y2 = rows(columns.details().get(1));
      RealMatrix x3 = rows(columns.coarsest());
      RealMatrix x2 = rows(ImagePyramid.average(units));
      RealMatrix x =
          MatrixUtils.createColumnRealMatrix(
              Tensors.toDoubles(Seeds.of(9).normal(0, new Shape(n), DataType.FLOAT64)));
      MultiResolutionFlow flow = small(1, 4, 3).with(split).noise(0, false).build();
      List<Passage> passages =
          List.of(
              whiten(y1, x2, covariance, x),
              whiten(y2, x3, covariance, x),
              whiten(x3, null, covariance, x));
      double direct = logNormal(x, covariance);
      List<NDArray> sums = flow.logDensities(passages);
      assertEquals(direct, Tensors.item(sums.get(0)), 1e-9);
      RealMatrix coarse = x2.multiply(x);
      double ofCoarse = logNormal(coarse, x2.multiply(covariance).multiply(x2.transpose()));
      assertEquals(ofCoarse, Tensors.item(sums.get(1)), 1e-9, "log p(x₂)");
    }
  }

  /** The linear map of an image to parts, from what becomes of the unit images. */
  private static RealMatrix rows(NDArray ofUnits) {
    int n = (int) ofUnits.getShape().get(0);
    int parts = (int) (ofUnits.size() / n);
    double[] values = Tensors.toDoubles(ofUnits);
    RealMatrix map = MatrixUtils.createRealMatrix(parts, n);
    for (int i = 0; i < values.length; i++) {
      map.setEntry(i % parts, i / parts, values[i]);
    }
    return map;
  }

  /** z = L⁻¹ (part − mean given the condition), a passage of one sample. */
  private static Passage whiten(
      RealMatrix part, RealMatrix condition, RealMatrix covariance, RealMatrix x) {
    RealMatrix own = part.multiply(covariance).multiply(part.transpose());
    RealMatrix centred = part.multiply(x);
    if (condition != null) {
      RealMatrix cross = part.multiply(covariance).multiply(condition.transpose());
      RealMatrix of = condition.multiply(covariance).multiply(condition.transpose());
      RealMatrix gain = cross.multiply(new LUDecomposition(of).getSolver().getInverse());
      own = own.subtract(gain.multiply(cross.transpose()));
      centred = centred.subtract(gain.multiply(condition.multiply(x)));
    }
    RealMatrix symmetric = own.add(own.transpose()).scalarMultiply(0.5);
    RealMatrix l = new CholeskyDecomposition(symmetric, 1e-9, 1e-12).getL();
    LUDecomposition lu = new LUDecomposition(l);
    RealMatrix z = lu.getSolver().solve(centred);
    NDArray end = Tensors.of(z.getColumn(0), new Shape(1, z.getRowDimension()));
    double change = Math.log(Math.abs(lu.getDeterminant()));
    return new Passage(end, Tensors.of(new double[] {change}, new Shape(1)), null, null);
  }

  /** Drawing is the inverse of taking apart: the noise comes back, and averages are kept. */
  @Test
  @Equation({"4.3.6", "4.3.16"})
  void drawnImages_haveTheirCoarserImagesAsAverages_andGiveTheNoiseBack() {
    MultiResolutionFlow flow = small(2, 8, 3).build();
    List<NDList> theta = lively(flow);
    FlowNumerics numerics =
        FlowNumerics.fixed(1).with(DormandPrince.tolerances(1e-11, 1e-12)).with(Regularizer.NONE);
    MultiResolutionSampler sampler = new MultiResolutionSampler(flow, numerics);
    NDArray z3 = Seeds.of(1).normal(0, new Shape(2, 2, 2, 2), DataType.FLOAT64);
    NDArray z2 = Seeds.of(2).normal(0, new Shape(2, 6, 2, 2), DataType.FLOAT64);
    NDArray z1 = Seeds.of(3).normal(0, new Shape(2, 6, 4, 4), DataType.FLOAT64);
    NDArray x3 = flow.flows().get(2).inverse(theta.get(2), z3, null, numerics);
    NDArray x2 = sampler.finer(theta, 2, z2, x3);
    NDArray x1 = sampler.finer(theta, 1, z1, x2);
    assertEquals(0, off(ImagePyramid.average(x1), x2), 1e-12);
    assertEquals(0, off(ImagePyramid.average(x2), x3), 1e-12);
    PatchSplit.Parts parts = flow.split().split(x1);
    NDList probes = flow.flows().get(0).probes(numerics, Seeds.of(1), 0, parts.details());
    Passage back =
        flow.flows()
            .get(0)
            .forward(theta.get(0), new ResolutionInput(parts.details(), x2), probes, numerics);
    assertEquals(0, off(back.end(), z1), 1e-8);
  }

  @Test
  void sampler_givesEveryResolution_andSuperResolutionKeepsItsCoarseImage() {
    MultiResolutionFlow flow = small(1, 16, 3).build();
    List<NDList> theta = flow.initialize(Seeds.of(2));
    MultiResolutionSampler sampler = new MultiResolutionSampler(flow, FlowNumerics.fixed(2));
    List<NDArray> images = sampler.sample(theta, Seeds.of(5), 0, 3);
    assertEquals(new Shape(3, 1, 16, 16), images.get(0).getShape());
    assertEquals(new Shape(3, 1, 4, 4), images.get(2).getShape());
    List<NDArray> finer = sampler.superResolve(theta, images.get(1), Seeds.of(6), 0);
    assertEquals(2, finer.size());
    assertEquals(0, off(ImagePyramid.average(finer.get(0)), images.get(1)), 1e-6);
    assertTrue(off(finer.get(0), images.get(0)) > 1e-3, "other noise, another image");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    sampler.superResolve(
                        theta, Tensors.zeros(new Shape(1, 1, 5, 5)), Seeds.of(6), 0))
            .getMessage();
    assertTrue(message.contains("4 to 16 pixels"), message);
  }

  /** Every count of the thesis's tables that the released code's blocks explain. */
  @Test
  void parameterCounts_areThoseOfTheTables() {
    int[][] counts = {
      {1, 2, 158_268}, {1, 4, 316_536}, {1, 14, 1_107_876},
      {2, 8, 1_335_744}, {2, 20, 3_339_360}, {2, 40, 6_678_720},
      {3, 6, 1_528_812}, {3, 8, 2_038_416}, {3, 20, 5_096_040},
      {4, 8, 2_741_088},
    };
    for (int[] row : counts) {
      MultiResolutionFlow flow =
          MultiResolutionArchitecture.released(3, 128, row[0], row[1]).build();
      assertEquals(row[2], flow.parameterCount(), row[0] + " resolutions of " + row[1]);
    }
  }

  @Test
  void finer_addsAResolutionAndLeavesTheOthers() {
    MultiResolutionFlow coarse = small(1, 8, 2).build();
    MultiResolutionFlow whole = small(1, 16, 3).build();
    MultiResolutionFlow grown = coarse.finer(whole.flows().get(0));
    assertEquals(3, grown.resolutions());
    assertEquals(16, grown.side());
    assertEquals(coarse.flows(), grown.flows().subList(1, 3));
    assertThrows(IllegalArgumentException.class, () -> coarse.finer(coarse.flows().get(1)));
  }

  @Test
  @Equation("4.3.13")
  void bits_areNatsOverLogTwo() {
    NDArray logDensity = Tensors.of(new double[] {-40}, new Shape(1));
    assertEquals(4.8090, Tensors.item(BitsPerDimension.ofUnit(logDensity, 12)), 1e-4);
    assertThrows(IllegalArgumentException.class, () -> BitsPerDimension.ofUnit(logDensity, 0));
  }

  /**
   * A density that is constant on each of the 256 intervals: the bits are the entropy of the level.
   */
  @Test
  @Equation({"4.3.13", "4.3.5-8bit"})
  void bitsOfBytes_areTheEntropyOfTheLevel() {
    double[] uniform = Tensors.toDoubles(Seeds.of(3).uniform(0, 0, 1, new Shape(256)));
    double total = 0;
    for (double u : uniform) {
      total += u;
    }
    double entropy = 0;
    double[] logDensity = new double[256];
    double bits = 0;
    for (int a = 0; a < 256; a++) {
      double p = uniform[a] / total;
      entropy -= p * Math.log(p) / Math.log(2);
      logDensity[a] = Math.log(256 * p);
    }
    double[] found =
        Tensors.toDoubles(BitsPerDimension.ofLevels(Tensors.of(logDensity, new Shape(256)), 1, 8));
    for (int a = 0; a < 256; a++) {
      bits += uniform[a] / total * found[a];
    }
    assertEquals(entropy, bits, 1e-9);
    NDArray flat = Tensors.of(new double[] {0}, new Shape(1));
    assertEquals(8, Tensors.item(BitsPerDimension.ofLevels(flat, 5, 8)), 0);
  }

  /** v' = a v: K = a² v₀² (e^(2a) − 1)/(2a). */
  @Test
  @Equation("4.3.14")
  void kineticEnergy_ofALinearField_isTheClosedForm() {
    double a = 0.8;
    ContinuousFlow flow =
        ContinuousFlow.of(
                (theta, t, v) -> v.scale(a),
                Divergence.exact(),
                DormandPrince.tolerances(1e-10, 1e-12))
            .with(Regularizer.SUM);
    NDArray start = Tensors.of(new double[] {1.3}, new Shape(1, 1));
    Passage passage = flow.forward(new NDList(), start, null);
    double expected = a * a * 1.3 * 1.3 * (Math.exp(2 * a) - 1) / (2 * a);
    assertEquals(2.67224992, expected, 1e-8);
    assertEquals(expected, Tensors.item(passage.kinetic()), 1e-7);
  }

  /** E ‖εᵀJ‖² = ‖J‖² (Frobenius), over 400,000 directions at once as a batch. */
  @Test
  @Equation("4.3.15")
  void jacobianNorm_ofRandomDirections_isTheFrobeniusNormOnAverage() {
    NDArray j = Seeds.of(5).normal(0, new Shape(5, 5));
    int n = 400_000;
    NDArray e = Seeds.of(6).normal(0, new Shape(n, 5));
    double average = Tensors.item(Samples.sum(e.matMul(j).square()).mean());
    double exact = Tensors.item(j.square().sum());
    assertEquals(exact, average, 0.01 * exact);
    NDArray few = e.get("0:64");
    FlowField field = (theta, t, v) -> LinearMap.linear(v, j, null);
    Divergence.Estimate estimate =
        Divergence.hutchinson(Divergence.Probe.GAUSSIAN, Divergence.Mode.REVERSE)
            .at(v -> field.apply(new NDList(), 0, v), few, few);
    double off = off(Regularizer.SUM.jacobian(estimate), Samples.sum(few.matMul(j).square()));
    assertEquals(0, off, 1e-3);
  }

  /** z_S = x_S + f_S(x_S, 0), z_s = y_s + f_s(y_s, 0 | x_{s+1}): one step of Euler's method. */
  @Test
  @Equation({"4.3.17", "4.3.18"})
  void oneEulerStep_isTheCorrectedExample() {
    MultiResolutionFlow flow = small(1, 8, 2).noise(0, false).build();
    List<NDList> theta = lively(flow);
    NDArray x1 =
        Seeds.of(1).uniform(0, 0.1, 0.9, new Shape(2, 1, 8, 8)).toType(DataType.FLOAT64, false);
    PatchSplit.Parts parts = flow.split().split(x1);
    FlowNumerics euler = FlowNumerics.fixed(1).with(Euler.steps(1)).with(Regularizer.NONE);
    ResolutionInput input = new ResolutionInput(parts.details(), parts.coarse());
    ResolutionFlow own = flow.flows().get(0);
    Passage came =
        own.forward(theta.get(0), input, own.probes(euler, Seeds.of(1), 0, parts.details()), euler);
    ConvolutionalField field = new ConvolutionalField(3, 1, 4, 4);
    NDArray slope =
        field.given(parts.coarse()).apply(theta.get(0), 0, Dual.of(parts.details())).value();
    assertEquals(0, off(came.end(), parts.details().add(slope)), 1e-12);
    // As printed every x_s itself becomes noise, so there are more numbers after than before.
    MultiResolutionFlow three = small(1, 64, 3).build();
    long printed = 0;
    long corrected = 0;
    for (int s = 1; s <= 3; s++) {
      printed += three.dimensions(s);
      corrected += three.noiseShape(s).size();
      assertEquals(three.stateDimensions(s), three.noiseShape(s).size());
    }
    assertEquals(5376, printed);
    assertEquals(three.dimensions(1), corrected);
  }

  /**
   * The step back starts from the slope at the other end, so it misses; halving it halves the miss.
   */
  @Test
  @Equation({"4.3.19", "4.3.20"})
  void eulerStepBack_missesByTheStep() {
    double[] misses = new double[6];
    for (int k = 0; k < misses.length; k++) {
      int steps = 1 << k;
      FlowField wave =
          (theta, t, v) -> Dual.of(Scalars.add(Scalars.scale(v.value().sin(), 0.4), 0.1));
      ContinuousFlow flow = ContinuousFlow.of(wave, Divergence.exact(), Euler.steps(steps));
      NDArray x = Tensors.of(new double[] {1}, new Shape(1, 1));
      NDArray z = Ode.solve(flow.slope(new NDList()), x, 0, 1, flow.solver()).x();
      NDArray back = Ode.solve(flow.slope(new NDList()), z, 1, 0, flow.solver()).x();
      misses[k] = Math.abs(Tensors.item(back) - 1);
    }
    assertTrue(misses[0] > 0.02, "one step misses by " + misses[0]);
    assertEquals(-1, Math.log(misses[5] / misses[2]) / Math.log(8), 0.1);
  }

  @Test
  @Equation("4.4.1")
  void steer_endsUniformlyAroundOne() {
    double b = 0.5;
    Steer steer = new Steer(b);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double least = 2;
    for (int i = 0; i < n; i++) {
      double end = steer.end(Seeds.of(1), i);
      sum += end;
      squares += (end - 1) * (end - 1);
      least = Math.min(least, end);
    }
    assertEquals(1, sum / n, 5 * b / Math.sqrt(3.0 * n));
    assertEquals(b * b / 3, squares / n, 0.01 * b * b / 3);
    assertTrue(least > 0 && least >= 1 - b);
    assertEquals(1, Steer.OFF.end(Seeds.of(1), 3), 0);
    assertThrows(IllegalArgumentException.class, () -> new Steer(1.2));
  }

  @Test
  void temperature_scalesTheNoise() {
    ResolutionFlow flow = small(1, 8, 2).build().flows().get(0);
    NDArray one = flow.noise(Seeds.of(1), 0, new Shape(3, 4, 4), 5, 1);
    NDArray half = flow.noise(Seeds.of(1), 0, new Shape(3, 4, 4), 5, 0.5);
    assertEquals(0, off(Scalars.scale(one, 0.5), half), 1e-7);
    assertThrows(
        IllegalArgumentException.class,
        () -> flow.noise(Seeds.of(1), 0, new Shape(3, 4, 4), 5, -1));
  }
}
