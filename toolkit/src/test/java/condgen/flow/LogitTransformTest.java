package condgen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import condgen.tensor.Devices;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every {@code logit_*.json} of the recorded cases; {@code -Dcondgen.golden=DIR} names others. */
class LogitTransformTest {

  private static double off(NDArray a, NDArray b) {
    return Tensors.item(a.reshape(-1).sub(b.reshape(-1)).abs().max());
  }

  @Test
  void recordedTransform_isTheSame() throws IOException {
    Path directory = Path.of(System.getProperty("condgen.golden", "src/test/resources/golden"));
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(f -> f.getFileName().toString().matches("logit_.*\\.json")).toList();
    }
    assertTrue(!files.isEmpty(), "no golden case was found");
    for (Path json : files) {
      JsonObject options = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
      String npz = json.toString().replaceFirst("json$", "npz");
      try (Scope scope = Scope.open()) {
        NDList arrays = NDList.decode(Devices.root(), Files.readAllBytes(Path.of(npz)));
        LogitTransform logit = new LogitTransform(options.get("alpha").getAsDouble());
        NDArray x = arrays.get("x");
        NDArray y = logit.forward(x);
        assertEquals(0, off(arrays.get("y"), y), 1e-5);
        // The recorded change is log p of the result less that of the start: minus the determinant.
        assertEquals(0, off(arrays.get("delta_logp"), logit.logDeterminant(x).neg()), 1e-4);
        assertEquals(0, off(arrays.get("x_back"), logit.inverse(y)), 1e-5);
      }
    }
  }

  /** The determinant against finite differences, number by number. */
  @Test
  void logDeterminant_isTheSumOfTheLogarithmsOfTheSlopes() {
    try (Scope scope = Scope.open()) {
      NDArray x =
          Seeds.of(1).uniform(0, 0.05, 0.95, new Shape(3, 7)).toType(DataType.FLOAT64, false);
      for (Bijection map : List.of(LogitTransform.RELEASED, new AffineTransform(-2.5, 0.3))) {
        double h = 1e-6;
        NDArray slopes = map.forward(x.add(h)).sub(map.forward(x.sub(h))).div(2 * h);
        NDArray expected = slopes.abs().log().sum(new int[] {1});
        assertEquals(0, off(expected, map.logDeterminant(x)), 1e-7);
        assertEquals(0, off(x, map.inverse(map.forward(x))), 1e-12);
      }
    }
  }

  @Test
  void numbersOutsideTheirRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LogitTransform(0));
    assertThrows(IllegalArgumentException.class, () -> new LogitTransform(0.5));
    assertThrows(IllegalArgumentException.class, () -> new AffineTransform(0, 1));
  }
}
