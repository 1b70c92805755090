package condgen.data;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A NumPy array in a pickle: type, shape and bytes, or a list of objects. */
final class PickledArray implements ClosedUnpickler.Buildable {
  private final String where;
  private PickledType type;
  private long[] shape;
  private boolean columns;
  private byte[] bytes;
  private List<Object> objects;

  PickledArray(String where) {
    this.where = where;
  }

  /** {@code (version, shape, type, fortran order, bytes or objects)}. */
  @Override
  public void build(Object state) {
    List<Object> items = NumpyPickle.items(state);
    require(items != null && items.size() == 5, "five entries");
    List<Object> sizes = NumpyPickle.items(items.get(1));
    require(sizes != null && sizes.size() <= 32, "a tuple of at most 32 sizes");
    shape = new long[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      require(sizes.get(i) instanceof Number, "whole numbers as sizes");
      shape[i] = ((Number) sizes.get(i)).longValue();
      require(shape[i] >= 0, "sizes that are not negative");
    }
    require(items.get(2) instanceof PickledType, "a type");
    type = (PickledType) items.get(2);
    columns = Boolean.TRUE.equals(items.get(3));
    Object content = items.get(4);
    if (type.isObject()) {
      objects = NumpyPickle.items(content);
      require(objects != null, "a list of objects");
    } else if (content instanceof String text) {
      bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    } else {
      require(content instanceof byte[], "bytes");
      bytes = (byte[]) content;
    }
  }

  /** The objects of an array of objects, in order. */
  List<Object> objects() throws DamagedDataException {
    if (objects == null) {
      throw new DamagedDataException(where + " must hold an array of objects there");
    }
    return objects;
  }

  /**
   * The array of numbers.
   *
   * @throws DamagedDataException when it has none, or another number of bytes than its shape says
   */
  StoredArray numbers(String name) throws DamagedDataException {
    if (type == null || bytes == null) {
      throw new DamagedDataException(where + ": " + name + " must be an array of numbers");
    }
    NpyType numbers = NpyType.of(type.description(), where + ", " + name);
    long size = numbers.width();
    try {
      for (long side : shape) {
        size = Math.multiplyExact(size, side);
      }
    } catch (ArithmeticException e) {
      size = -1;
    }
    if (size != bytes.length) {
      throw new DamagedDataException(
          String.format(
              "%s: %s must have %d bytes for its shape, but has %d",
              where, name, size, bytes.length));
    }
    byte[] rows = columns ? Strides.columnMajor(shape).rowMajor(bytes, numbers.width()) : bytes;
    return numbers.array(name, shape, rows);
  }

  private void require(boolean holds, String made) {
    if (!holds) {
      throw new PickleError(where + ": an array must be made of " + made);
    }
  }
}
