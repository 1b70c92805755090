package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.ScriptArchive;
import condgen.tensor.Tensors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * With a stand-in of the same signature, made by hand; the published network itself is loaded only
 * on machines that have it.
 */
class InceptionTest {

  private static Inception tiny(int features) throws NoSuchAlgorithmException {
    byte[] archive = ScriptArchive.inception(features);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
    return Inception.of(archive, HexFormat.of().formatHex(digest));
  }

  @Test
  void pictures_ofFloats_areRoundedBytesInThreeChannels() {
    Scope.run(
        () -> {
          NDArray grey = Tensors.of(-1, 0, 1, -3, 3, 0.25).reshape(1, 1, 2, 3);
          NDArray bytes = Inception.pictures(grey);
          assertEquals(new Shape(1, 3, 2, 3), bytes.getShape());
          assertEquals(DataType.UINT8, bytes.getDataType());
          double[] once = {0, 128, 255, 0, 255, 159};
          for (int channel = 0; channel < 3; channel++) {
            assertArrayEquals(once, Tensors.toDoubles(bytes.get(":, " + channel)));
          }
        });
  }

  /** v / 127.5 − 1 of each of the 256 bytes goes back to itself. */
  @Test
  void pictures_ofBytes_areTheSameBytes() {
    double[] bytes = new double[256];
    double[] values = new double[256];
    for (int v = 0; v < 256; v++) {
      bytes[v] = v;
      values[v] = v / 127.5f - 1;
    }
    Scope.run(
        () -> {
          NDArray images = Tensors.of(values).reshape(1, 1, 16, 16);
          assertArrayEquals(bytes, Tensors.toDoubles(Inception.pictures(images).get(":, 1")));
        });
  }

  @Test
  void features_ofTheStandIn_areThoseOfItsFormula() throws NoSuchAlgorithmException {
    try (Inception network = tiny(2048)) {
      Scope.run(
          () -> {
            NDArray images = Tensors.linspace(-1, 1, 130 * 3 * 4).reshape(130, 3, 2, 2);
            NDArray features = network.features(images);
            assertEquals(new Shape(130, 2048), features.getShape());
            NDArray bytes = Inception.pictures(images).toType(DataType.FLOAT32, false);
            NDArray means = bytes.reshape(130, 3, 4).mean(new int[] {2});
            for (int k : new int[] {1, 2, 1001, 2047}) {
              NDArray expected = means.get(":, " + k % 3).mul(k);
              NDArray error = features.get(":, " + k).sub(expected).abs().max();
              assertEquals(0, Tensors.item(error), 1e-6 * 255 * k);
            }
          });
    }
  }

  @Test
  void features_badInput_isRefused() throws NoSuchAlgorithmException {
    try (Inception network = tiny(2048);
        Inception other = tiny(7)) {
      refuses("1 or 3", () -> network.features(Tensors.zeros(new Shape(2, 4, 8, 8))));
      refuses("images must have shape", () -> network.features(Tensors.zeros(new Shape(3, 8, 8))));
      refuses("at least 1 row", () -> network.features(Tensors.zeros(new Shape(0, 3, 8, 8))));
      refuses("2048", () -> other.features(Tensors.zeros(new Shape(2, 1, 8, 8))));
    }
    refuses("not loaded", () -> Inception.of(ScriptArchive.inception(2048), "ab".repeat(32)));
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, () -> Scope.run(call)).getMessage();
    assertTrue(came.contains(message), came);
  }
}
