package condgen.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.razorvine.pickle.IObjectConstructor;

/**
 * The pickle language of PyTorch's weight files: dictionaries, numbers, texts, and tensors as views
 * of storages that lie outside the pickle. The closed list of names it may use is here.
 */
final class TorchPickle {

  private static final Map<String, StoredArray.Type> STORAGES =
      Map.ofEntries(
          Map.entry("FloatStorage", StoredArray.Type.F32),
          Map.entry("DoubleStorage", StoredArray.Type.F64),
          Map.entry("HalfStorage", StoredArray.Type.F16),
          Map.entry("BFloat16Storage", StoredArray.Type.BF16),
          Map.entry("LongStorage", StoredArray.Type.I64),
          Map.entry("IntStorage", StoredArray.Type.I32),
          Map.entry("ShortStorage", StoredArray.Type.I16),
          Map.entry("CharStorage", StoredArray.Type.I8),
          Map.entry("ByteStorage", StoredArray.Type.U8),
          Map.entry("BoolStorage", StoredArray.Type.BOOL));

  private final String file;

  /** A part of a storage, as an identifier in the pickle names it. */
  record Part(TorchStorage storage, long offset) {}

  /** What an identifier says: a storage's key, its type, and how many numbers it has. */
  record Identifier(String key, StoredArray.Type type, long count, Object view) {}

  /** Finds or makes the storage that an identifier names. */
  @FunctionalInterface
  interface Storages {
    /** The part of a storage. */
    Part find(Identifier identifier) throws DamagedDataException;
  }

  private record StorageClass(String file, String name, StoredArray.Type type)
      implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleError(file + ": " + name + " must name a storage, but is called");
    }
  }

  private TorchPickle(String file) {
    this.file = file;
  }

  /**
   * A reader of one pickle.
   *
   * @param file what to call it in messages
   * @param storages finds or makes the storage that an identifier names
   */
  static ClosedUnpickler reader(String file, Storages storages) {
    TorchPickle language = new TorchPickle(file);
    return new ClosedUnpickler(
        file, language.allowed(), id -> storages.find(language.identifier(id)));
  }

  private Map<String, IObjectConstructor> allowed() {
    Map<String, IObjectConstructor> allowed = new TreeMap<>();
    STORAGES.forEach(
        (name, type) -> {
          String whole = "torch." + name;
          allowed.put(whole, new StorageClass(file, whole, type));
        });
    allowed.put("collections.OrderedDict", this::dictionary);
    allowed.put("torch._utils._rebuild_tensor", this::tensor);
    allowed.put("torch._utils._rebuild_tensor_v2", this::tensor);
    allowed.put("torch._utils._rebuild_parameter", this::parameter);
    allowed.put("torch.Size", a -> a.length == 1 ? a[0] : List.of());
    return allowed;
  }

  /** {@code OrderedDict()}, or with a list of pairs as Python 2 wrote it. */
  private Object dictionary(Object[] arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.length == 0) {
      return map;
    }
    require(arguments.length == 1 && arguments[0] instanceof List<?>, "a dictionary", "pairs");
    for (Object item : (List<?>) arguments[0]) {
      Object[] pair = item instanceof List<?> list && list.size() == 2 ? list.toArray() : null;
      pair = item instanceof Object[] tuple && tuple.length == 2 ? tuple : pair;
      require(pair != null && pair[0] instanceof String, "a dictionary", "pairs of key and value");
      map.put(pair[0], pair[1]);
    }
    return map;
  }

  /** {@code (storage, offset, shape, strides, ...)}; what follows is about gradients. */
  private Object tensor(Object[] a) {
    require(a.length >= 4 && a[0] instanceof Part, "a tensor", "a storage and its view");
    Part part = (Part) a[0];
    long offset = Math.addExact(part.offset(), whole(a[1]));
    return new TorchTensor(part.storage(), offset, new Strides(sizes(a[2]), sizes(a[3])));
  }

  /** {@code (tensor, ...)}; that it was to be trained is not needed. */
  private Object parameter(Object[] a) {
    require(a.length >= 1 && a[0] instanceof TorchTensor, "a parameter", "a tensor");
    return a[0];
  }

  private long[] sizes(Object value) {
    Object[] items = value instanceof List<?> list ? list.toArray() : null;
    items = value instanceof Object[] tuple ? tuple : items;
    require(items != null && items.length <= 64, "a tensor", "a tuple of at most 64 sizes");
    long[] sizes = new long[items.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = whole(items[i]);
    }
    return sizes;
  }

  private long whole(Object value) {
    require(value instanceof Integer || value instanceof Long, "a tensor", "whole numbers");
    return ((Number) value).longValue();
  }

  /** {@code ("storage", type, key, device, count)}, in old files with a view after it. */
  private Identifier identifier(Object[] id) {
    require(
        id.length >= 5
            && "storage".equals(id[0])
            && id[1] instanceof StorageClass
            && id[2] instanceof String,
        "an object outside the pickle",
        "(\"storage\", type, key, device, count)");
    long count = whole(id[4]);
    require(count >= 0, "a storage", "a count that is not negative");
    Object view = id.length > 5 ? id[5] : null;
    return new Identifier((String) id[2], ((StorageClass) id[1]).type(), count, view);
  }

  private void require(boolean holds, String what, String made) {
    if (!holds) {
      throw new PickleError(file + ": " + what + " must be made of " + made);
    }
  }
}
