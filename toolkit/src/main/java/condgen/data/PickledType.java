package condgen.data;

import java.util.List;

/** A NumPy type in a pickle, such as f8; its state tells the order of the bytes. */
final class PickledType implements ClosedUnpickler.Buildable {
  private final String name;
  private String order = "<";

  PickledType(String name) {
    this.name = name;
  }

  @Override
  public void build(Object state) {
    List<Object> items = NumpyPickle.items(state);
    if (items == null || items.size() < 2 || !(items.get(1) instanceof String)) {
      throw new PickleError("a NumPy type must have a tuple with the order of its bytes");
    }
    order = (String) items.get(1);
  }

  /** Whether its values are objects. */
  boolean isObject() {
    return name.startsWith("O");
  }

  /** As in a header of NumPy, such as {@code <f8}. */
  String description() {
    return order + name;
  }
}
