package condgen.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** TorchScript archives made by hand: a module without weights whose {@code forward} is given. */
public final class ScriptArchive {

  private ScriptArchive() {}

  /**
   * An archive's bytes.
   *
   * @param forward a method in the archive's own spelling, indented by two spaces
   */
  public static byte[] of(String forward) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      put(zip, "data.pkl", pickledModule());
      String code =
          "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
      put(zip, "code/__torch__.py", (code + forward).getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry("tiny/" + name));
    zip.write(content);
    zip.closeEntry();
  }

  /** The object {@code __torch__.Net} with the state {training: False}, pickled by protocol 2. */
  private static byte[] pickledModule() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(0x80);
    pickle.write(2);
    pickle.writeBytes("c__torch__\nNet\n)".getBytes(StandardCharsets.US_ASCII));
    pickle.write(0x81);
    pickle.writeBytes("}(X".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {8, 0, 0, 0});
    pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    pickle.write(0x89);
    pickle.writeBytes("ub.".getBytes(StandardCharsets.US_ASCII));
    return pickle.toByteArray();
  }

  /**
   * An archive with the signature of the Inception network's: feature k of an image is k times the
   * mean of its bytes in channel k mod 3.
   */
  public static byte[] inception(int features) {
    return of(
        String.format(
            Locale.ROOT,
            """
              def forward(self: __torch__.Net,
                img: Tensor,
                return_features: bool=False,
                use_fp16: bool=False,
                no_output_bias: bool=False) -> Tensor:
                x = torch.to(img, 6)
                means = torch.mean(x, [2, 3])
                k = torch.arange(%d, dtype=6, layout=None, device=None, pin_memory=None)
                index = torch.remainder(k, 3)
                chosen = torch.index_select(means, 1, torch.to(index, 4))
                if return_features:
                  answer = torch.mul(chosen, k)
                else:
                  answer = means
                return answer
            """,
            features));
  }
}
