package condgen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TorchScriptTest {

  private static final String DOUBLE_OR_SQUARE =
      """
        def forward(self: __torch__.Net,
          x: Tensor,
          square: bool=False) -> Tensor:
          if square:
            y = torch.mul(x, x)
          else:
            y = torch.mul(x, 2)
          return y
      """;

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void forward_runsTheArchivesCode() throws NoSuchAlgorithmException {
    byte[] archive = ScriptArchive.of(DOUBLE_OR_SQUARE);
    try (TorchScript script = TorchScript.load(archive, sha256(archive));
        Scope scope = Scope.open()) {
      NDArray x = scope.keep(Tensors.of(1, 2, 3));
      assertArrayEquals(new double[] {2, 4, 6}, Tensors.toDoubles(script.forward(x)));
      assertArrayEquals(new double[] {1, 4, 9}, Tensors.toDoubles(script.forward(x, true)));
      assertFalse(Gradients.isRecording());
    }
  }

  /** The archive's order is not that of the map, and 10 a + b tells which is which. */
  @Test
  void forward_byName_readsTheOrderFromTheArchive() throws NoSuchAlgorithmException {
    byte[] archive =
        ScriptArchive.of(
            """
              def forward(self: __torch__.Net,
                x: Tensor,
                first: bool=True,
                second: bool=False) -> Tensor:
                y = x
                if first:
                  y = torch.add(y, 10)
                else:
                  y = y
                if second:
                  y = torch.add(y, 1)
                else:
                  y = y
                return y
            """);
    try (TorchScript script = TorchScript.load(archive, sha256(archive));
        Scope scope = Scope.open()) {
      NDArray x = scope.keep(Tensors.of(0));
      Map<String, Boolean> switches = new TreeMap<>(Comparator.reverseOrder());
      switches.put("first", true);
      switches.put("second", false);
      assertEquals(10, Tensors.item(script.forward(x, switches)));
      switches.put("first", false);
      switches.put("second", true);
      assertEquals(1, Tensors.item(script.forward(x, switches)));
      switches.put("third", true);
      String message =
          assertThrows(IllegalArgumentException.class, () -> script.forward(x, switches))
              .getMessage();
      assertTrue(message.contains("[[x, first, second]]"), message);
    }
  }

  @Test
  void forward_thousandTimes_leavesNoArrayBehind() throws NoSuchAlgorithmException {
    byte[] archive = ScriptArchive.of(DOUBLE_OR_SQUARE);
    try (TorchScript script = TorchScript.load(archive, sha256(archive))) {
      NDArray x = Tensors.ones(new Shape(4));
      Scope.run(() -> script.forward(x));
      int before = Devices.liveArrays();
      for (int i = 0; i < 1000; i++) {
        Scope.run(() -> script.forward(x, true));
      }
      assertEquals(before, Devices.liveArrays());
      x.close();
    }
  }

  /** These bytes would fail to load; that the message speaks of the hash shows it came first. */
  @Test
  void load_otherHash_isRefusedBeforeAnythingIsLoaded() {
    byte[] archive = "not an archive".getBytes(StandardCharsets.UTF_8);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> TorchScript.load(archive, "0".repeat(64)))
            .getMessage();
    assertTrue(
        message.contains("must have SHA-256 000") && message.contains("not loaded"), message);
  }

  @Test
  void load_noArchive_isRefused() {
    byte[] archive = "not an archive".getBytes(StandardCharsets.UTF_8);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> TorchScript.load(archive, sha256(archive)))
            .getMessage();
    assertTrue(message.contains("no TorchScript"), message);
  }
}
