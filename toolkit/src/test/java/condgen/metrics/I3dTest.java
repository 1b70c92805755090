package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.ScriptArchive;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * With a stand-in whose {@code forward} has the same names in another order than they are passed;
 * the published network itself is loaded only on machines that have it.
 */
class I3dTest {

  /** Feature k is k times the clip's mean; other switches than the released ones answer zeros. */
  private static byte[] archive(int features) {
    return ScriptArchive.of(
        """
          def forward(self: __torch__.Net,
            x: Tensor,
            return_features: bool=False,
            resize: bool=True,
            rescale: bool=True) -> Tensor:
            mean = torch.mean(x, [1, 2, 3, 4])
            k = torch.arange(%d, dtype=6, layout=None, device=None, pin_memory=None)
            y = torch.mul(torch.unsqueeze(mean, 1), torch.unsqueeze(k, 0))
            if resize:
              z = torch.mul(y, 0)
            else:
              z = y
            if rescale:
              w = torch.mul(z, 0)
            else:
              w = z
            if return_features:
              answer = w
            else:
              answer = torch.mul(w, 0)
            return answer
        """
            .formatted(features));
  }

  private static I3d tiny(int features) throws NoSuchAlgorithmException {
    byte[] bytes = archive(features);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return I3d.of(bytes, HexFormat.of().formatHex(digest));
  }

  @Test
  void features_ofTheStandIn_areThoseOfItsFormula() throws NoSuchAlgorithmException {
    try (I3d network = tiny(400)) {
      Scope.run(
          () -> {
            NDArray clips = Tensors.of(-1, -0.5, 0, 0.5, 3).reshape(5, 1, 1, 1, 1);
            NDArray wide = clips.repeat(1, 10).repeat(3, 12).repeat(4, 14);
            NDArray features = network.features(wide);
            assertEquals(new Shape(5, 400), features.getShape());
            double[] expected = {-7, -3.5, 0, 3.5, 7};
            assertArrayEquals(expected, Tensors.toDoubles(features.get(":, 7")), 1e-4);
          });
      assertTrue(network.distanceName().startsWith("FVD"));
    }
  }

  /** Greys become three equal channels, and time stands before rows. */
  @Test
  void prepared_ordersAxes() {
    Scope.run(
        () -> {
          NDArray clips = Seeds.of(1).uniform(0, -1, 1, new Shape(2, 5, 1, 8, 8));
          NDArray prepared = I3d.prepared(clips, 8);
          assertEquals(new Shape(2, 3, 5, 8, 8), prepared.getShape());
          NDArray came = prepared.get("1, 2, 3");
          assertEquals(0, Tensors.item(came.sub(clips.get("1, 3, 0")).abs().max()), 1e-6);
        });
  }

  @Test
  void badInput_isRefused() throws NoSuchAlgorithmException {
    try (I3d other = tiny(7)) {
      refuses("400", () -> other.features(Tensors.zeros(new Shape(2, 10, 1, 8, 8))));
      refuses("1 or 3", () -> other.features(Tensors.zeros(new Shape(2, 10, 2, 8, 8))));
      refuses("clips must have shape", () -> other.features(Tensors.zeros(new Shape(3, 8, 8))));
    }
    refuses("not loaded", () -> I3d.of(archive(400), "ab".repeat(32)));
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, () -> Scope.run(call)).getMessage();
    assertTrue(came.contains(message), came);
  }
}
