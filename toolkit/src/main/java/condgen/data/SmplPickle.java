package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of a body model out of the authors' pickle. */
final class SmplPickle {
  /** The names of the parts that are read; others are left alone. */
  static final List<String> PARTS =
      List.of(
          "v_template", "shapedirs", "posedirs", "J_regressor", "weights", "kintree_table", "f");

  private static final long MOST_DENSE = 1L << 26;

  private SmplPickle() {}

  static Map<String, StoredArray> read(Path file) throws IOException {
    Object content = content(file);
    if (!(content instanceof Map<?, ?> dictionary)) {
      throw new DamagedDataException(file + " must hold a dictionary of arrays");
    }
    Map<String, StoredArray> parts = new LinkedHashMap<>();
    for (String name : PARTS) {
      if (dictionary.containsKey(name)) {
        parts.put(name, array(name, dictionary.get(name), file.toString()));
      }
    }
    return parts;
  }

  private static Object content(Path file) throws IOException {
    try {
      return NumpyPickle.read(file);
    } catch (DamagedDataException e) {
      if (e.getMessage().matches("(?s).*asks for (chumpy\\.|a set).*")) {
        throw new DamagedDataException(
            e.getMessage()
                + " An array that chumpy computes is not known here: make the file plain with"
                + " tools/clean_ch.py of the project smplx, or save the arrays as npz.",
            e);
      }
      throw e;
    }
  }

  private static StoredArray array(String name, Object value, String file)
      throws DamagedDataException {
    if (value instanceof PickledArray array) {
      return array.numbers(name);
    }
    if (value instanceof NumpyPickle.PickledObject object) {
      if (object.kind().equals("chumpy")) {
        Object inside = object.state().get("x");
        if (inside instanceof PickledArray array) {
          return array.numbers(name);
        }
      } else if (object.kind().startsWith("cs")) {
        return dense(name, object, file);
      }
    }
    throw new DamagedDataException(file + ": " + name + " must be an array");
  }

  /** A sparse matrix with all its zeros. */
  private static StoredArray dense(String name, NumpyPickle.PickledObject matrix, String file)
      throws DamagedDataException {
    Map<?, ?> state = matrix.state();
    List<Object> shape =
        NumpyPickle.items(state.containsKey("_shape") ? state.get("_shape") : state.get("shape"));
    require(
        shape != null
            && shape.size() == 2
            && shape.get(0) instanceof Number
            && shape.get(1) instanceof Number,
        file,
        name,
        "a shape of two numbers");
    long rows = ((Number) shape.get(0)).longValue();
    long columns = ((Number) shape.get(1)).longValue();
    require(
        rows > 0 && columns > 0 && rows <= MOST_DENSE / columns, file, name, "a plausible shape");
    double[] data = numbers(state, "data", file, name);
    double[] inner = numbers(state, "indices", file, name);
    double[] starts = numbers(state, "indptr", file, name);
    boolean byColumn = matrix.kind().equals("csc");
    long outer = byColumn ? columns : rows;
    long across = byColumn ? rows : columns;
    require(
        starts.length == outer + 1 && data.length == inner.length && starts[0] == 0,
        file,
        name,
        "indices that fit its shape");
    double[] dense = new double[(int) (rows * columns)];
    for (int o = 0; o < outer; o++) {
      require(
          starts[o] <= starts[o + 1] && starts[o + 1] <= data.length,
          file,
          name,
          "rising starts of its rows or columns");
      for (int k = (int) starts[o]; k < starts[o + 1]; k++) {
        require(inner[k] >= 0 && inner[k] < across, file, name, "indices within its shape");
        int i = (int) inner[k];
        dense[(int) (byColumn ? i * columns + o : o * columns + i)] += data[k];
      }
    }
    return StoredArray.ofDoubles(name, dense, rows, columns);
  }

  private static double[] numbers(Map<?, ?> state, String key, String file, String name)
      throws DamagedDataException {
    Object value = state.get(key);
    require(value instanceof PickledArray, file, name, "an array " + key);
    return doubles(((PickledArray) value).numbers(name + "." + key));
  }

  /** The numbers of any type as float64. */
  static double[] doubles(StoredArray array) throws DamagedDataException {
    if (array.type().isFloating()) {
      return array.doubles();
    }
    long[] whole = array.longs();
    double[] values = new double[whole.length];
    Arrays.setAll(values, i -> whole[i]);
    return values;
  }

  /** The numbers of a whole type. */
  static long[] wholes(StoredArray array, String file) throws DamagedDataException {
    if (array.type().isFloating()) {
      throw new DamagedDataException(
          file + ": " + array.name() + " must hold whole numbers, but holds " + array.type());
    }
    return array.longs();
  }

  private static void require(boolean holds, String file, String name, String what)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(file + ": " + name + " must have " + what);
    }
  }
}
