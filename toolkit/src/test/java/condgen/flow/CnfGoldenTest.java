package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.flow.Divergence.Mode;
import condgen.flow.Divergence.Probe;
import condgen.ode.Gradient;
import condgen.ode.OdeGradient;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Passes, losses and gradients of the released flow. Every {@code cnf_*.json} in the directory is
 * run; {@code -Dcondgen.golden=DIR} names another directory.
 */
class CnfGoldenTest {

  private static final Divergence RELEASED = Divergence.hutchinson(Probe.GAUSSIAN, Mode.REVERSE);
  private static final double WEIGHT = 0.01;
  private static final Map<String, Double> largest = new TreeMap<>();

  @AfterAll
  static void report() {
    System.out.println("Largest errors of the recorded flows: " + largest);
  }

  @TestFactory
  Stream<DynamicTest> recordedFlow() throws IOException {
    List<Path> files = CnfCase.all();
    assertTrue(!files.isEmpty(), "no golden case was found");
    return files.stream().flatMap(CnfGoldenTest::tests);
  }

  private interface Check {
    void run(CnfCase golden);
  }

  private static Stream<DynamicTest> tests(Path file) {
    return Stream.of(
        test(file, "field", CnfGoldenTest::checkField),
        test(file, "forward", CnfGoldenTest::checkForward),
        test(file, "gradient", CnfGoldenTest::checkGradient),
        test(file, "reverse", CnfGoldenTest::checkReverse));
  }

  private static DynamicTest test(Path file, String what, Check check) {
    return DynamicTest.dynamicTest(
        file.getFileName() + " " + what,
        () -> {
          try (Scope scope = Scope.open()) {
            check.run(CnfCase.read(file));
          }
        });
  }

  private static ContinuousFlow flow(CnfCase golden, boolean withFirstStep) {
    return ContinuousFlow.of(golden.field(), RELEASED, golden.solver(withFirstStep))
        .with(Regularizer.RELEASED_MEAN);
  }

  private static void checkField(CnfCase golden) {
    NDList theta = golden.arrays("param:");
    double t = Tensors.item(golden.array("field.t"));
    FlowField field = golden.field();
    Divergence.Estimate came =
        RELEASED.at(v -> field.apply(theta, t, v), golden.array("x"), golden.array("field.e"));
    close(golden, "field.dy", came.value(), 1e-5);
    close(golden, "field.divergence", came.divergence(), 1e-5);
    close(golden, "field.sqjacnorm_mean", Regularizer.RELEASED_MEAN.jacobian(came), 1e-5);
  }

  private static void checkForward(CnfCase golden) {
    ContinuousFlow flow = flow(golden, true);
    NDList theta = golden.arrays("param:");
    Passage came = flow.forward(theta, golden.array("x"), golden.array("e"));
    double tolerance = golden.tolerance();
    close(golden, "z", came.end(), tolerance);
    close(golden, "delta_logp", came.change(), tolerance);
    close(golden, "reg_kinetic", came.kinetic(), tolerance);
    close(golden, "reg_jacobian", came.jacobian(), tolerance);
    close(golden, "logpx", flow.logDensity(came), tolerance);
    close(golden, "bpd", bitsPerDimension(flow, came), tolerance);
    close(golden, "loss", loss(flow, came), tolerance);
  }

  private static void checkGradient(CnfCase golden) {
    ContinuousFlow flow = flow(golden, true);
    NDList theta = golden.arrays("param:");
    Gradient adjoint = Gradient.adjoint().greatestDrift(Double.POSITIVE_INFINITY);
    OdeGradient came =
        flow.gradient(
            theta, golden.array("x"), golden.array("e"), adjoint, passage -> loss(flow, passage));
    int slack = golden.slack();
    assertEquals(
        golden.options().get("nfe_forward").getAsDouble(),
        came.forward().evaluations(),
        slack,
        "evaluations forwards");
    // the recorded code evaluates once more to find the gradient of the end time
    assertEquals(
        golden.options().get("nfe_forward_plus_backward").getAsDouble() - 1,
        came.forward().evaluations() + came.backwardEvaluations(),
        2 * slack,
        "evaluations in all");
    NDList expected = golden.arrays("grad:");
    double norm = 0;
    for (int i = 0; i < theta.size(); i++) {
      norm += Tensors.item(expected.get(i).square().sum());
    }
    norm = Math.sqrt(norm);
    for (int i = 0; i < theta.size(); i++) {
      double off = norm(expected.get(i).sub(came.theta().get(i)));
      report(golden, "gradient", off / norm);
      assertEquals(0, off / norm, golden.gradientTolerance(), expected.get(i).getName());
    }
    NDArray byX = golden.array("grad_x");
    double off = norm(byX.sub(came.x0().get(0))) / norm(byX);
    report(golden, "grad_x", off);
    assertEquals(0, off, golden.gradientTolerance(), "grad_x");
  }

  private static void checkReverse(CnfCase golden) {
    ContinuousFlow flow = flow(golden, true);
    NDList theta = golden.arrays("param:");
    NDArray recorded = golden.array("delta_logp").reshape(-1);
    Passage start = new Passage(golden.array("z"), recorded, null, null);
    Passage came = flow.inverse(theta, start, golden.array("reverse.e"));
    close(golden, "reverse.x", came.end(), golden.tolerance());
    close(golden, "reverse.delta_logp", came.change(), golden.tolerance());
  }

  private static NDArray bitsPerDimension(ContinuousFlow flow, Passage passage) {
    double perNat = 1 / Math.log(2) / Samples.size(passage.end());
    return Scalars.add(Scalars.scale(flow.logDensity(passage), -perNat), 8);
  }

  private static NDArray loss(ContinuousFlow flow, Passage passage) {
    return bitsPerDimension(flow, passage)
        .mean()
        .add(Scalars.scale(passage.kinetic().mean(), WEIGHT))
        .add(Scalars.scale(passage.jacobian().mean(), WEIGHT));
  }

  private static double norm(NDArray array) {
    return Math.sqrt(Tensors.item(array.square().sum()));
  }

  private static void report(CnfCase golden, String what, double error) {
    String kind = what.startsWith("grad") ? " gradients" : " values";
    largest.merge(golden.method() + kind, error, Math::max);
  }

  /** Compares with a recorded array, relative to its largest number or 1. */
  private static void close(CnfCase golden, String key, NDArray came, double tolerance) {
    double[] expected = Tensors.toDoubles(golden.array(key));
    double[] found = Tensors.toDoubles(came);
    assertEquals(expected.length, found.length, key);
    double size = 1;
    double off = 0;
    for (int i = 0; i < expected.length; i++) {
      assertTrue(Double.isFinite(found[i]), key);
      size = Math.max(size, Math.abs(expected[i]));
      off = Math.max(off, Math.abs(expected[i] - found[i]));
    }
    report(golden, key, off / size);
    assertEquals(0, off / size, tolerance, key);
  }
}
