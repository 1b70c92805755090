package condgen.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.razorvine.pickle.IObjectConstructor;

/**
 * The pickle language of dictionaries of NumPy arrays, as body models and annotations are stored:
 * dictionaries, lists, texts, numbers, arrays, SciPy's sparse matrices by columns or rows, and
 * chumpy's wrapper of an array, which stands for the array in it. The closed list of names is here;
 * nothing of a file is run.
 */
final class NumpyPickle {
  private static final long LARGEST = 1L << 30;

  private final String where;

  private NumpyPickle(String where) {
    this.where = where;
  }

  /** A class that is only named, to say what an object is. */
  private record Kind(String name) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      return new PickledObject(name);
    }
  }

  /** An object whose state is a dictionary: a sparse matrix, or chumpy's wrapper. */
  static final class PickledObject implements ClosedUnpickler.Buildable {
    private final String kind;
    private Map<?, ?> state = Map.of();

    PickledObject(String kind) {
      this.kind = kind;
    }

    String kind() {
      return kind;
    }

    Map<?, ?> state() {
      return state;
    }

    @Override
    public void build(Object value) {
      if (!(value instanceof Map<?, ?> map)) {
        throw new PickleError("a " + kind + " must have a dictionary as its state");
      }
      state = map;
    }
  }

  /**
   * Reads a file that is one pickle of at most 1 GB.
   *
   * @throws DamagedDataException if it is none, is truncated, or asks for what is not allowed
   * @throws IOException if it cannot be read
   */
  static Object read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new DamagedDataException(
          file + " must have at most " + LARGEST + " bytes, but has " + size);
    }
    return read(Files.readAllBytes(file), file.toString());
  }

  /** Reads a pickle from memory. */
  static Object read(byte[] pickle, String where) throws DamagedDataException {
    NumpyPickle language = new NumpyPickle(where);
    ClosedUnpickler reader =
        new ClosedUnpickler(
            where,
            language.allowed(),
            id -> {
              throw new DamagedDataException(where + " must hold everything in its pickle");
            });
    return reader.read(new ByteArrayInputStream(pickle));
  }

  private Map<String, IObjectConstructor> allowed() {
    Map<String, IObjectConstructor> allowed = new TreeMap<>();
    for (String numpy : new String[] {"numpy.core.multiarray", "numpy._core.multiarray"}) {
      allowed.put(numpy + "._reconstruct", a -> new PickledArray(where));
      allowed.put(numpy + ".scalar", this::scalar);
    }
    for (String numpy : new String[] {"numpy.core.numeric", "numpy._core.numeric"}) {
      allowed.put(numpy + "._frombuffer", this::fromBuffer);
    }
    allowed.put("numpy.ndarray", new Kind("ndarray"));
    allowed.put("numpy.dtype", this::type);
    for (String sparse : new String[] {"csc", "csr", "_csc", "_csr"}) {
      String kind = sparse.replace("_", "");
      allowed.put("scipy.sparse." + sparse + "." + kind + "_matrix", new Kind(kind));
    }
    allowed.put("chumpy.ch.Ch", new Kind("chumpy"));
    for (String module : new String[] {"copy_reg", "copyreg"}) {
      allowed.put(module + "._reconstructor", this::reconstructed);
    }
    for (String module : new String[] {"__builtin__", "builtins"}) {
      allowed.put(module + ".object", new Kind("object"));
      // What chumpy remembers of an array's use is of no use here.
      allowed.put(module + ".set", a -> List.of());
    }
    allowed.put("collections.OrderedDict", a -> new LinkedHashMap<>());
    allowed.put("_codecs.encode", this::encoded);
    return allowed;
  }

  private Object type(Object[] a) {
    require(a.length >= 1 && a[0] instanceof String, "a type", "a name");
    return new PickledType((String) a[0]);
  }

  private Object reconstructed(Object[] a) {
    require(a.length == 3 && a[0] instanceof Kind, "an object", "a class and its base");
    return new PickledObject(((Kind) a[0]).name());
  }

  /** {@code encode(text, "latin1")}: bytes, as Python 3 writes them for Python 2. */
  private Object encoded(Object[] a) {
    require(
        a.length == 2 && a[0] instanceof String && String.valueOf(a[1]).startsWith("latin"),
        "bytes",
        "a text of latin1");
    return ((String) a[0]).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@code (bytes, type, shape, order)}, as NumPy writes with the newest pickles. */
  private Object fromBuffer(Object[] a) {
    require(a.length == 4, "an array", "its bytes, type, shape and order");
    PickledArray array = new PickledArray(where);
    array.build(new Object[] {1, a[2], a[1], "F".equals(a[3]), a[0]});
    return array;
  }

  /** One number of a NumPy type. */
  private Object scalar(Object[] a) {
    require(a.length == 2 && a[0] instanceof PickledType, "a number", "a type and its bytes");
    PickledArray array = new PickledArray(where);
    array.build(new Object[] {1, new Object[0], a[0], false, a[1]});
    return array;
  }

  private void require(boolean holds, String what, String made) {
    if (!holds) {
      throw new PickleError(where + ": " + what + " must be made of " + made);
    }
  }

  /** The items of a tuple or list, or null. */
  static List<Object> items(Object value) {
    if (value instanceof Object[] tuple) {
      return Arrays.asList(tuple);
    }
    return value instanceof List<?> list ? new ArrayList<>(list) : null;
  }
}
