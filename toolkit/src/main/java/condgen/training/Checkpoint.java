package condgen.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.DamagedDataException;
import condgen.data.SafeTensors;
import condgen.data.StoredArray;
import condgen.data.StrictLoading;
import condgen.nn.Layer;
import condgen.tensor.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups of named arrays with notes about them, in one safetensors file: {@code theta/}, {@code
 * average/}, the optimiser's moments, the learning curve. The file carries SHA-256 hashes, which
 * are verified when it is read. Contents lie on the Java heap; arrays are made when asked for.
 */
public final class Checkpoint {

  private static final String HASH = "sha256:";
  private static final String NOTES = "sha256 of notes";

  private final Map<String, String> notes = new TreeMap<>();
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();

  /** An empty one. */
  public Checkpoint() {}

  /** Adds a note, or replaces it. */
  public Checkpoint note(String name, String text) {
    if (name.startsWith("sha256")) {
      throw new IllegalArgumentException("name must not begin with sha256, but is " + name);
    }
    notes.put(name, text);
    return this;
  }

  /**
   * A note.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists those there
   */
  public String note(String name) {
    String text = notes.get(name);
    if (text == null) {
      throw new IllegalArgumentException(
          "name must be one of the notes " + notes.keySet() + ", but is " + name);
    }
    return text;
  }

  /** All notes, by name. */
  public Map<String, String> notes() {
    return Map.copyOf(notes);
  }

  /**
   * Adds copies of arrays as a group.
   *
   * @param group such as {@code theta}
   * @param list float32 or float64 arrays; one without a name is called by its place
   */
  public Checkpoint add(String group, NDList list) {
    for (int i = 0; i < list.size(); i++) {
      put(StoredArray.of(group + "/" + name(list, i), list.get(i)));
    }
    return this;
  }

  void add(String group, String name, double... values) {
    put(StoredArray.ofDoubles(group + "/" + name, values, values.length));
  }

  private void put(StoredArray array) {
    if (arrays.putIfAbsent(array.name(), array) != null) {
      throw new IllegalArgumentException("two arrays are named " + array.name());
    }
  }

  double[] doubles(String group, String name) {
    StoredArray array = arrays.get(group + "/" + name);
    if (array == null || array.type() != StoredArray.Type.F64) {
      throw new IllegalArgumentException(
          "the checkpoint must hold float64 numbers " + group + "/" + name + ", but holds none");
    }
    return array.doubles();
  }

  static String name(NDList list, int i) {
    String name = list.get(i).getName();
    return name == null ? Integer.toString(i) : name;
  }

  /** The arrays of a group in the order of the file, made in the current scope; may be empty. */
  public NDList group(String group) {
    NDList list = new NDList();
    stored(group)
        .forEach(
            (name, stored) -> {
              NDArray array = stored.toArray();
              array.setName(name);
              list.add(array);
            });
    return list;
  }

  /**
   * The parameters of a network, in its order, made in the current scope.
   *
   * @param group where they are, such as {@code average}
   * @throws IllegalArgumentException naming every array that is missing, unexpected or of another
   *     shape
   */
  public NDList parameters(String group, Layer network) {
    String owner = network.getClass().getSimpleName() + " in group \"" + group + "\"";
    return StrictLoading.into(owner, network.parameters(), stored(group));
  }

  /** Refuses a group that does not hold exactly arrays of these names and shapes. */
  void requireMatch(String group, NDList targets) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      expected.put(name(targets, i), targets.get(i).getShape());
    }
    requireMatch(group, expected);
  }

  private void requireMatch(String group, Map<String, Shape> expected) {
    Map<String, StoredArray> stored = stored(group);
    List<String> wrong = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          StoredArray array = stored.get(name);
          if (array == null) {
            wrong.add(name + " is missing");
          } else if (!array.shape().equals(shape)) {
            wrong.add(name + " has shape " + array.shape() + " instead of " + shape);
          }
        });
    for (String name : stored.keySet()) {
      if (!expected.containsKey(name)) {
        wrong.add(name + " is unexpected");
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "group \"" + group + "\" of the checkpoint does not fit: " + String.join("; ", wrong));
    }
  }

  /** Overwrites arrays with those of a group that matches them. */
  void copyInto(String group, NDList targets) {
    Map<String, StoredArray> stored = stored(group);
    for (int i = 0; i < targets.size(); i++) {
      try (NDArray value = stored.get(name(targets, i)).toArray()) {
        value.copyTo(targets.get(i));
      }
    }
  }

  private Map<String, StoredArray> stored(String group) {
    String prefix = group + "/";
    Map<String, StoredArray> found = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), array);
          }
        });
    return found;
  }

  /** A checkpoint with the same notes and some of the groups: what samples need, for instance. */
  public Checkpoint only(String... groups) {
    Checkpoint part = new Checkpoint();
    part.notes.putAll(notes);
    for (String group : groups) {
      stored(group).values().forEach(part::put);
    }
    return part;
  }

  /** Writes the file; at any moment the old or the new one is whole. */
  public void write(Path file) {
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put(NOTES, hashOfNotes());
    arrays.values().forEach(array -> metadata.put(HASH + array.name(), array.hash()));
    new SafeTensors(metadata, List.copyOf(arrays.values())).write(file);
  }

  private String hashOfNotes() {
    StringBuilder text = new StringBuilder();
    notes.forEach((name, note) -> text.append(name).append('\n').append(note).append('\n'));
    return Sha256.of(text.toString());
  }

  /**
   * Reads a file and verifies its hashes.
   *
   * @throws UncheckedIOException of a {@link DamagedDataException} if it is of another format,
   *     truncated, or a hash is wrong; the message names the file and the array
   */
  public static Checkpoint read(Path file) {
    try {
      return readChecked(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Checkpoint readChecked(Path file) throws IOException {
    SafeTensors content = SafeTensors.decode(Files.readAllBytes(file), file.toString());
    Checkpoint checkpoint = new Checkpoint();
    Map<String, String> metadata = content.metadata();
    metadata.forEach(
        (name, text) -> {
          if (!name.startsWith("sha256")) {
            checkpoint.notes.put(name, text);
          }
        });
    requireHash(file, "its notes", checkpoint.hashOfNotes(), metadata.get(NOTES));
    for (StoredArray array : content.arrays()) {
      requireHash(file, "array " + array.name(), array.hash(), metadata.get(HASH + array.name()));
      checkpoint.put(array);
    }
    return checkpoint;
  }

  private static void requireHash(Path file, String what, String found, String expected)
      throws DamagedDataException {
    if (!found.equals(expected)) {
      throw new DamagedDataException(
          String.format(
              "%s is damaged: the SHA-256 of %s must be %s, but is %s",
              file, what, expected, found));
    }
  }
}
