package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Densities, losses, gradients and drawn images of the released multi-resolution code. Every {@code
 * mrcnf_*.json} and {@code wavelet_*.json} of the directory is run; {@code -Dcondgen.golden=DIR}
 * names another directory.
 */
class MultiResolutionGoldenTest {

  private static double worst;
  private static double worstGradient;

  @AfterAll
  static void report() {
    System.out.printf(
        "Largest errors of the recorded multi-resolution flows: values %.2g, gradients %.2g%n",
        worst, worstGradient);
  }

  @TestFactory
  Stream<DynamicTest> recorded() throws IOException {
    List<Path> files = MultiResolutionCase.all();
    assertTrue(!files.isEmpty(), "no golden case was found");
    return files.stream()
        .flatMap(
            file ->
                Stream.of(
                    test(file, "densities", MultiResolutionGoldenTest::checkDensities),
                    test(file, "gradients", MultiResolutionGoldenTest::checkGradients),
                    test(file, "images", MultiResolutionGoldenTest::checkImages)));
  }

  private interface Check {
    void run(MultiResolutionCase golden);
  }

  private static DynamicTest test(Path file, String what, Check check) {
    return DynamicTest.dynamicTest(
        file.getFileName() + " " + what,
        () -> {
          try (Scope scope = Scope.open()) {
            check.run(MultiResolutionCase.read(file));
          }
        });
  }

  private static List<Passage> passages(MultiResolutionCase golden, MultiResolutionFlow flow) {
    List<ResolutionInput> inputs = golden.inputs();
    List<Passage> passages = new ArrayList<>();
    for (int s = 1; s <= golden.scales(); s++) {
      passages.add(
          flow.flows()
              .get(s - 1)
              .forward(
                  golden.of("param", s),
                  inputs.get(s - 1),
                  golden.probes(flow, s),
                  golden.numerics()));
    }
    return passages;
  }

  private static void checkDensities(MultiResolutionCase golden) {
    MultiResolutionFlow flow = golden.flow();
    List<Passage> passages = passages(golden, flow);
    List<NDArray> sums = flow.logDensities(passages);
    NDArray kinetic = null;
    NDArray jacobian = null;
    for (int s = 1; s <= golden.scales(); s++) {
      int scale = golden.scale(s);
      Passage passage = passages.get(s - 1);
      ResolutionFlow own = flow.flows().get(s - 1);
      assertEquals(golden.deviation(s), own.parts().deviation(), 1e-9);
      close(golden, "z." + scale, passage.end());
      close(golden, "logpz." + scale, own.noiseLogDensity(passage.end()));
      // The recorded code counts the halving of Haar's details beside the flow.
      double halving =
          golden.isHaar() && s < golden.scales() ? flow.stateDimensions(s) * Math.log(2) : 0;
      NDArray ownChange = Scalars.add(passage.change().neg(), halving);
      close(golden, "deltalogp_plus." + scale, ownChange);
      close(
          golden,
          "bpd_cum." + scale,
          BitsPerDimension.ofLevels(sums.get(s - 1), flow.dimensions(s), 8));
      kinetic = s == 1 ? passage.kinetic() : kinetic.add(passage.kinetic());
      jacobian = s == 1 ? passage.jacobian() : jacobian.add(passage.jacobian());
    }
    close(golden, "logpx", sums.get(0));
    close(golden, "reg_kinetic", kinetic.mean());
    close(golden, "reg_jacobian", jacobian.mean());
    NDArray bits = BitsPerDimension.ofLevels(sums.get(0), flow.dimensions(1), 8).mean();
    close(golden, "loss_bpd", bits);
    Passage all = new Passage(null, null, kinetic, jacobian);
    close(golden, "loss_total", MultiResolutionLoss.RELEASED.regularized(bits, all));
  }

  private static void checkGradients(MultiResolutionCase golden) {
    MultiResolutionFlow flow = golden.flow();
    List<ResolutionInput> inputs = golden.inputs();
    double norm = 0;
    double largest = 0;
    for (int s = 1; s <= golden.scales(); s++) {
      ResolutionFlow own = flow.flows().get(s - 1);
      Gradients.ValueAndGrad found =
          own.gradient(
              golden.of("param", s),
              inputs.get(s - 1),
              golden.probes(flow, s),
              golden.numerics(),
              1,
              passage ->
                  MultiResolutionLoss.RELEASED.of(
                      own.logDensity(passage), flow.dimensions(1), 8, passage));
      NDList expected = golden.of("grad", s);
      assertEquals(expected.size(), found.gradients().size());
      for (int i = 0; i < expected.size(); i++) {
        norm += square(expected.get(i));
        largest = Math.max(largest, square(expected.get(i).sub(found.gradients().get(i))));
      }
    }
    double off = Math.sqrt(largest / norm);
    worstGradient = Math.max(worstGradient, off);
    assertEquals(0, off, 1e-4, "gradients, of the norm of all");
  }

  private static void checkImages(MultiResolutionCase golden) {
    MultiResolutionFlow flow = golden.flow();
    MultiResolutionSampler sampler = new MultiResolutionSampler(flow, golden.numerics());
    List<NDList> theta = new ArrayList<>();
    for (int s = 1; s <= golden.scales(); s++) {
      theta.add(golden.of("param", s));
    }
    NDArray x = null;
    for (int s = golden.scales(); s >= 1; s--) {
      NDArray z = golden.array("gen.z." + golden.scale(s));
      z = Scalars.scale(z, golden.temperature());
      x =
          x == null
              ? flow.flows().get(s - 1).inverse(theta.get(s - 1), z, null, golden.numerics())
              : sampler.finer(theta, s, z, x);
      close(golden, "gen.x." + golden.scale(s), MultiResolutionSampler.toPixels(x));
    }
  }

  private static double square(NDArray x) {
    return Tensors.item(x.square().sum());
  }

  /** Compares with a recorded array, relative to its largest number or 1. */
  private static void close(MultiResolutionCase golden, String key, NDArray came) {
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
    worst = Math.max(worst, off / size);
    assertEquals(0, off / size, 1e-5, key);
  }
}
