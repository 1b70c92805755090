package condgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A weight file of PyTorch (.pt, .pth, .ckpt): a plain state dict, a dictionary that holds one, or
 * the list [state dict, optimiser, epoch, step, moving averages] that the training code of MCVD
 * saves. Both containers are read, the zip archive and the one before version 1.6.
 *
 * <p>A pickle in such a file is a program for Python. Here it can make dictionaries and tensors and
 * nothing else: every other name it mentions is refused, and nothing of it is run. The numbers stay
 * in the file until an array of the maps is read, so files of gigabytes are fine; keep the file
 * until then.
 */
public final class TorchCheckpoint {

  /** The longest pickle that is read, in bytes: more than 50,000 tensors. */
  static final int LONGEST = 1 << 24;

  private static final List<String> NESTED = List.of("state_dict", "model_state_dict", "model");
  private static final String PARALLEL = "module.";

  private final Map<String, StoredArray> model;
  private final Map<String, StoredArray> average;
  private final OptionalLong epoch;
  private final OptionalLong step;

  private TorchCheckpoint(
      Map<String, StoredArray> model,
      Map<String, StoredArray> average,
      OptionalLong epoch,
      OptionalLong step) {
    this.model = Collections.unmodifiableMap(model);
    this.average = Collections.unmodifiableMap(average);
    this.epoch = epoch;
    this.step = step;
  }

  /**
   * Reads what a file describes; the numbers are read later.
   *
   * @throws DamagedDataException if it is no such file, truncated or damaged, or if its pickle asks
   *     for anything else than tensors; the message names what it asked for
   * @throws IOException if it cannot be opened
   */
  public static TorchCheckpoint read(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(2);
    }
    if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
      return of(TorchArchive.read(file), file);
    }
    if (start.length == 2 && start[0] == (byte) 0x80) {
      return of(TorchLegacy.read(file), file);
    }
    throw new DamagedDataException(
        file
            + " must be a PyTorch file and begin with the bytes 504b (a zip archive) or 80 (a"
            + " pickle), but begins with \""
            + HexFormat.of().formatHex(start)
            + "\"");
  }

  private static TorchCheckpoint of(Object root, Path file) throws DamagedDataException {
    if (root instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> state) {
      Map<String, StoredArray> average =
          list.size() > 4 && list.get(4) instanceof Map<?, ?> ema ? tensors(ema) : Map.of();
      return of(tensors(state), average, whole(list, 2), whole(list, 3), file);
    }
    if (root instanceof Map<?, ?> map) {
      for (String key : NESTED) {
        if (map.get(key) instanceof Map<?, ?> state) {
          return of(tensors(state), Map.of(), whole(map, "epoch"), whole(map, "step"), file);
        }
      }
      return of(tensors(map), Map.of(), whole(map, "epoch"), whole(map, "step"), file);
    }
    throw new DamagedDataException(
        file
            + " must hold a state dict, or a list that begins with one, but holds "
            + (root == null ? "None" : root.getClass().getSimpleName()));
  }

  private static TorchCheckpoint of(
      Map<String, StoredArray> model,
      Map<String, StoredArray> average,
      OptionalLong epoch,
      OptionalLong step,
      Path file)
      throws DamagedDataException {
    if (model.isEmpty()) {
      throw new DamagedDataException(file + " must hold a state dict of tensors, but holds none");
    }
    return new TorchCheckpoint(model, average, epoch, step);
  }

  private static OptionalLong whole(List<?> list, int at) {
    return at < list.size() ? whole(list.get(at)) : OptionalLong.empty();
  }

  private static OptionalLong whole(Map<?, ?> map, String key) {
    return whole(map.get(key));
  }

  private static OptionalLong whole(Object value) {
    return value instanceof Integer || value instanceof Long
        ? OptionalLong.of(((Number) value).longValue())
        : OptionalLong.empty();
  }

  /** The tensors of a dictionary; numbers and texts beside them are left out. */
  private static Map<String, StoredArray> tensors(Map<?, ?> dictionary) {
    Map<String, StoredArray> tensors = new LinkedHashMap<>();
    dictionary.forEach(
        (key, value) -> {
          if (value instanceof TorchTensor tensor) {
            tensors.put(key.toString(), tensor.stored(key.toString()));
          }
        });
    return tensors;
  }

  /** The state dict as it is in the file: keys in order, buffers included. */
  public Map<String, StoredArray> model() {
    return model;
  }

  /** The moving averages of the trained parameters, in order; empty if the file has none. */
  public Map<String, StoredArray> average() {
    return average;
  }

  /** What the state dict holds besides parameters, if averages tell which these are. */
  public Map<String, StoredArray> buffers() {
    Map<String, StoredArray> buffers = new LinkedHashMap<>();
    if (!average.isEmpty()) {
      buffers.putAll(StrictLoading.stripped(model, PARALLEL));
      buffers.keySet().removeAll(average.keySet());
    }
    return buffers;
  }

  /**
   * What is to be evaluated: the state dict without {@code module.} before its keys, and the moving
   * averages, where there are any, in place of the trained parameters.
   *
   * @throws IllegalArgumentException if an average belongs to no parameter
   */
  public Map<String, StoredArray> evaluation() {
    Map<String, StoredArray> state = StrictLoading.stripped(model, PARALLEL);
    List<String> strange = new ArrayList<>(StrictLoading.stripped(average, PARALLEL).keySet());
    strange.removeAll(state.keySet());
    if (!strange.isEmpty()) {
      throw new IllegalArgumentException(
          "the averages must be of parameters of the state dict, but are of "
              + StrictLoading.some(strange));
    }
    state.putAll(StrictLoading.stripped(average, PARALLEL));
    return state;
  }

  /** The epoch in which it was saved, if the file says it. */
  public OptionalLong epoch() {
    return epoch;
  }

  /** The number of steps after which it was saved, if the file says it. */
  public OptionalLong step() {
    return step;
  }
}
