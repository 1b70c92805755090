package condgen.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import condgen.tensor.Dual;
import condgen.tensor.Gradients;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Outputs, outputs of every module, and gradients of the released video networks. Every {@code
 * mcvd_*.json} with a configuration in the directory is run, with {@code _trace} and {@code _grad}
 * beside it; {@code -Dcondgen.golden=DIR} names another directory.
 */
class VideoGoldenTest {

  private static final Map<String, Double> largest = new TreeMap<>();

  @AfterAll
  static void report() {
    System.out.println("Largest errors of the recorded video networks, relative: " + largest);
  }

  private interface Check {
    void of(Path file) throws IOException;
  }

  private static Stream<DynamicTest> tests(String names, Check check) throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> cases =
          files.filter(file -> file.getFileName().toString().matches(names)).sorted().toList();
      assertFalse(cases.isEmpty(), "no golden case was found");
      return cases.stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(), () -> inScope(check, file)));
    }
  }

  private static void inScope(Check check, Path file) {
    try (Scope scope = Scope.open()) {
      check.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String NETWORKS = "mcvd_(concat|spatin)_(?!.*_(grad|trace)\\.json).*\\.json";

  @TestFactory
  Stream<DynamicTest> forward_ofRecordedNetwork_givesItsOutput() throws IOException {
    return tests(NETWORKS, VideoGoldenTest::checkOutput);
  }

  @TestFactory
  Stream<DynamicTest> gradient_ofRecordedNetwork_givesItsGradients() throws IOException {
    return tests(NETWORKS, VideoGoldenTest::checkGradients);
  }

  @TestFactory
  Stream<DynamicTest> resampling_givesTheRecordedImages() throws IOException {
    return tests("mcvd_fir.*\\.json", VideoGoldenTest::checkResampling);
  }

  @TestFactory
  Stream<DynamicTest> encoding_givesTheRecordedFeatures() throws IOException {
    return tests("mcvd_temb.*\\.json", VideoGoldenTest::checkEncoding);
  }

  private static void checkOutput(Path file) throws IOException {
    VideoCase recorded = VideoCase.read(file);
    VideoUNet network = recorded.network();
    JsonElement count = recorded.description().get("num_params");
    if (count != null) {
      assertEquals(count.getAsLong(), network.parameterCount());
    }
    NDList arrays = recorded.arrays();
    NDArray x = VideoCase.input(arrays.get("input.x"), arrays.get("input.cond"));
    NDArray t = arrays.get("input.t");
    NDArray shown = arrays.get("input.cond_mask");
    NDList theta = recorded.theta(network);
    close(file, "", arrays.get("output"), network.apply(theta, x, t, shown));
    NDList trace = recorded.kin("trace");
    if (trace != null) {
      List<NDArray> found = network.trace(theta, x, t, shown);
      assertEquals(trace.size(), found.size());
      for (int i = 0; i < found.size(); i++) {
        close(file, "_trace", trace.get("module.%02d.out".formatted(i)), found.get(i));
      }
    }
  }

  private static void checkGradients(Path file) throws IOException {
    VideoCase recorded = VideoCase.read(file);
    NDList given = recorded.kin("grad");
    if (given == null) {
      return;
    }
    VideoUNet network = recorded.network();
    NDArray t = given.get("input.t");
    NDArray alphaBar = recorded.arrays().get("param:alphas").take(t).reshape(-1, 1, 1, 1);
    NDArray clean = given.get("input.x0").mul(alphaBar.sqrt());
    NDArray noise = given.get("input.noise");
    NDArray noisy = clean.add(noise.mul(Scalars.subtractFrom(1, alphaBar).sqrt()));
    NDArray x = VideoCase.input(noisy, given.get("input.cond"));
    double half = 0.5 / t.size();
    Gradients.ValueAndGrad result =
        Gradients.valueAndGrad(
            recorded.theta(network),
            theta -> {
              NDArray e = network.apply(theta, x, t, given.get("input.cond_mask")).sub(noise);
              return Scalars.scale(e.mul(e).sum(), half);
            });
    double loss = Tensors.toDoubles(given.get("loss"))[0];
    assertEquals(loss, Tensors.item(result.value()), 1e-5 * loss);
    double norm = Tensors.toDoubles(given.get("grad_norm"))[0];
    List<Parameter> parameters = network.parameters();
    double worst = 0;
    for (int i = 0; i < parameters.size(); i++) {
      NDArray expected = given.get("grad:unet." + parameters.get(i).name());
      NDArray difference = result.gradients().get(i).sub(expected);
      double error = Math.sqrt(Tensors.item(difference.mul(difference).sum())) / norm;
      assertTrue(error <= 1e-4, parameters.get(i).name() + ": " + error);
      worst = Math.max(worst, error);
    }
    largest.put(file.getFileName() + "_grad", worst);
  }

  private static void checkResampling(Path file) throws IOException {
    NDList arrays = VideoCase.read(file).arrays();
    Dual x = Dual.of(arrays.get("x"));
    close(file, " up", arrays.get("up"), FirResampling.up(x).value());
    close(file, " down", arrays.get("down"), FirResampling.down(x).value());
  }

  /** Two last places of a float32 frequency below 1 are 2⁻²³; a label multiplies them. */
  private static void checkEncoding(Path file) throws IOException {
    NDList arrays = VideoCase.read(file).arrays();
    NDArray t = arrays.get("t").toType(DataType.FLOAT32, true);
    double allowed = 1e-6 + Math.scalb(Tensors.item(t.max()), -23);
    int checked = 0;
    for (NDArray expected : arrays) {
      if (expected.getName().matches("emb\\d+")) {
        int width = Integer.parseInt(expected.getName().substring(3));
        NDArray found = PositionalEncoding.released(t, width);
        double error = Tensors.item(found.sub(expected).abs().max());
        largest.put(file.getFileName() + " " + width, error);
        assertTrue(error <= allowed, "width " + width + ": error " + error);
        checked++;
      }
    }
    assertTrue(checked > 0, "no embedding was found");
  }

  /** To 1e-5 of the largest number. */
  private static void close(Path file, String what, NDArray expected, NDArray found) {
    Shape shape = expected.getShape();
    assertEquals(shape, found.getShape(), what);
    double scale = Tensors.item(expected.abs().max());
    double error = Tensors.item(found.sub(expected).abs().max()) / scale;
    largest.merge(file.getFileName() + what, error, Math::max);
    assertTrue(error <= 1e-5, what + ": error " + error);
  }
}
