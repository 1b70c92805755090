package condgen.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A network in a TorchScript archive: code and weights that somebody else saved. Loading an archive
 * runs code from it, so an archive is only loaded when its SHA-256 is the expected one, and the
 * bytes that were hashed are the bytes that are loaded.
 */
public final class TorchScript implements AutoCloseable {

  private final PtSymbolBlock module;
  private final List<List<String>> signatures;

  private TorchScript(PtSymbolBlock module, List<List<String>> signatures) {
    this.module = module;
    this.signatures = signatures;
  }

  /**
   * Loads an archive onto the chosen device.
   *
   * @param archive the file's bytes
   * @param sha256 what their SHA-256 must be, 64 hexadecimal digits
   * @throws IllegalArgumentException if it is another one, and nothing was loaded; or if the bytes
   *     are no TorchScript archive
   */
  public static TorchScript load(byte[] archive, String sha256) {
    String found = Sha256.of(archive);
    if (!found.equalsIgnoreCase(sha256)) {
      throw new IllegalArgumentException(
          "archive must have SHA-256 " + sha256 + ", but has " + found + "; it was not loaded");
    }
    PtNDManager manager = (PtNDManager) Devices.root();
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(archive);
      PtSymbolBlock module = JniUtils.loadModule(manager, bytes, true, false);
      return new TorchScript(module, ScriptSignatures.of(archive));
    } catch (EngineException e) {
      throw new IllegalArgumentException("archive is no TorchScript that can be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the archive's {@code forward}; no gradient is recorded through it.
   *
   * @param x its first argument
   * @param switches its further arguments, in order
   * @return the array that it answers, in the current scope
   */
  public NDArray forward(NDArray x, boolean... switches) {
    Arguments.requireOpen(x, "x");
    IValue[] arguments = new IValue[1 + switches.length];
    arguments[0] = IValue.from((PtNDArray) x);
    for (int i = 0; i < switches.length; i++) {
      arguments[1 + i] = IValue.from(switches[i]);
    }
    try (IValue answer = module.forward(arguments)) {
      return answer.toTensor((PtNDManager) Devices.root());
    } finally {
      for (IValue argument : arguments) {
        argument.close();
      }
    }
  }

  /**
   * Runs the archive's {@code forward} with switches by name: their order is read from the
   * archive's own code.
   *
   * @param x its first argument
   * @param switches all its further arguments
   * @return the array that it answers, in the current scope
   * @throws IllegalArgumentException if no {@code forward} of the archive has these arguments
   */
  public NDArray forward(NDArray x, Map<String, Boolean> switches) {
    List<String> order =
        signatures.stream()
            .filter(names -> names.size() == switches.size() + 1)
            .filter(names -> switches.keySet().containsAll(names.subList(1, names.size())))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "switches must be the arguments of one of "
                            + signatures
                            + " after the first, but are "
                            + switches.keySet()));
    boolean[] values = new boolean[switches.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = switches.get(order.get(1 + i));
    }
    return forward(x, values);
  }

  /** Frees the network. */
  @Override
  public void close() {
    module.close();
  }
}
