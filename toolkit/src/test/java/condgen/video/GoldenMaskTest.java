package condgen.video;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Masks and conditioning frames of the authors' code, from the uniform numbers that it drew. Every
 * {@code conditioning_mask*.json} in the directory is run; {@code -Dcondgen.golden=DIR} names
 * another directory.
 */
class GoldenMaskTest {

  @TestFactory
  @Equation({"7.2.7", "7.2.8"})
  Stream<DynamicTest> blocksAndMasks_asRecorded() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    List<Path> cases;
    try (Stream<Path> files = Files.list(directory)) {
      cases =
          files
              .filter(f -> f.getFileName().toString().matches("conditioning_mask.*\\.json"))
              .sorted()
              .toList();
    }
    assertFalse(cases.isEmpty(), "no case in " + directory);
    return cases.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path json) throws IOException {
    JsonObject description = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    FrameWindow window =
        new FrameWindow(
            description.get("num_frames_cond").getAsInt(),
            description.get("num_frames").getAsInt(),
            description.get("num_frames_future").getAsInt(),
            description.get("channels").getAsInt());
    double p = description.get("p").getAsDouble();
    MaskDistribution distribution = new MaskDistribution(p, p);
    try (Scope scope = Scope.open()) {
      NDList arrays = load(Path.of(json.toString().replaceFirst("\\.json$", ".npz")));
      NDArray clip = arrays.get("X");
      double[] ofPast = Tensors.toDoubles(arrays.get("uniform_cond"));
      double[] ofFuture = new double[ofPast.length];
      if (arrays.get("uniform_future") != null) {
        ofFuture = Tensors.toDoubles(arrays.get("uniform_future"));
      }
      FrameMask[] masks = new FrameMask[ofPast.length];
      double[] kept = new double[ofPast.length];
      for (int i = 0; i < masks.length; i++) {
        masks[i] = distribution.mask(ofPast[i], ofFuture[i]);
        kept[i] = masks[i].past() ? 1 : 0;
      }
      assertArrayEquals(Tensors.toDoubles(arrays.get("cond_mask")), kept, "past masks");
      same(arrays.get("pred_frames"), window.current(clip));
      same(arrays.get("cond_frames"), window.conditioning(clip, masks));
    }
  }

  private static void same(NDArray expected, NDArray came) {
    assertEquals(expected.getShape(), came.getShape());
    assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(came), 0);
  }

  private static NDList load(Path file) {
    try {
      return NDList.decode(Devices.root(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
