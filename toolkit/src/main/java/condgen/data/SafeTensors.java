package condgen.data;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a header, the header in JSON (for each
 * array its type, shape and place; and texts about all of them), then the arrays' bytes one after
 * the other. Other programs read it, and reading it executes nothing.
 *
 * @param metadata texts by name
 * @param arrays the arrays in the order of their bytes
 */
public record SafeTensors(Map<String, String> metadata, List<StoredArray> arrays) {

  private static final String METADATA = "__metadata__";
  private static final int LONGEST_HEADER = 100_000_000;

  /** The arrays by name, in the order of their bytes. */
  public Map<String, StoredArray> byName() {
    Map<String, StoredArray> map = new LinkedHashMap<>();
    arrays.forEach(array -> map.put(array.name(), array));
    return map;
  }

  /**
   * Writes the file, one array after the other; at any moment the old or the new file is whole.
   *
   * @throws IllegalArgumentException if two arrays have one name; nothing is then written
   */
  public void write(Path file) {
    byte[] header = header();
    try {
      AtomicFile.write(file, out -> write(header, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's bytes. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(header(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(byte[] header, OutputStream out) throws IOException {
    out.write(header);
    for (StoredArray array : arrays) {
      out.write(array.bytes());
    }
  }

  private byte[] header() {
    JsonObject header = new JsonObject();
    JsonObject texts = new JsonObject();
    metadata.forEach(texts::addProperty);
    header.add(METADATA, texts);
    long end = 0;
    for (StoredArray array : arrays) {
      if (header.has(array.name())) {
        throw new IllegalArgumentException("two arrays are named \"" + array.name() + "\"");
      }
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", array.type().name());
      entry.add("shape", numbers(array.shape().getShape()));
      entry.add("data_offsets", numbers(end, end + array.byteCount()));
      header.add(array.name(), entry);
      end += array.byteCount();
    }
    byte[] json = padded(new Gson().toJson(header)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(json.length).put(json).array();
  }

  /** The header must end where a double may begin; the format fills it up with spaces. */
  private static String padded(String json) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return json + " ".repeat((8 - length % 8) % 8);
  }

  private static JsonArray numbers(long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  /** The bytes of an array between two places after the header. */
  private interface Data {
    StoredArray.Source between(long start, long end);
  }

  /**
   * Reads a file's header; the arrays' bytes are read when they are asked for.
   *
   * @throws DamagedDataException if it is not of this format, or truncated, or too long
   * @throws IOException if it cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    long size = Files.size(file);
    FileBytes whole = new FileBytes(file, 0, size);
    require(size >= Long.BYTES, file, "eight bytes with the header's length", size);
    long length = length(whole.read(0, Long.BYTES), size, file);
    long at = Long.BYTES + length;
    Data data = (start, end) -> new FileBytes(file, at + start, end - start).all();
    return parse(whole.read(Long.BYTES, length), data, size - at, file);
  }

  /**
   * Reads a file's bytes.
   *
   * @param file what to call it in messages
   * @throws DamagedDataException if they are not of this format, or truncated, or too long
   */
  public static SafeTensors decode(byte[] bytes, String file) throws DamagedDataException {
    require(bytes.length >= Long.BYTES, file, "eight bytes with the header's length", bytes.length);
    int at = (int) (Long.BYTES + length(bytes, bytes.length, file));
    Data data =
        (start, end) -> {
          byte[] own = Arrays.copyOfRange(bytes, (int) (at + start), (int) (at + end));
          return () -> own;
        };
    return parse(Arrays.copyOfRange(bytes, Long.BYTES, at), data, bytes.length - at, file);
  }

  private static long length(byte[] start, long size, Object file) throws DamagedDataException {
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean fits = length >= 2 && length <= Math.min(LONGEST_HEADER, size - Long.BYTES);
    require(fits, file, "a header within its " + size + " bytes", length);
    return length;
  }

  private static SafeTensors parse(byte[] json, Data data, long available, Object file)
      throws DamagedDataException {
    try {
      String text = new String(json, StandardCharsets.UTF_8);
      return read(new Gson().fromJson(text, JsonObject.class), data, available, file);
    } catch (JsonParseException
        | ClassCastException
        | UnsupportedOperationException
        | IllegalStateException
        | NullPointerException
        | ArithmeticException
        | NumberFormatException e) {
      throw new DamagedDataException(file + " has no readable safetensors header", e);
    }
  }

  private record Place(String name, StoredArray.Type type, long[] shape, long start, long end) {}

  private static SafeTensors read(JsonObject header, Data data, long available, Object file)
      throws DamagedDataException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
      JsonObject value = entry.getValue().getAsJsonObject();
      if (entry.getKey().equals(METADATA)) {
        value.entrySet().forEach(e -> metadata.put(e.getKey(), e.getValue().getAsString()));
      } else {
        places.add(place(entry.getKey(), value, file));
      }
    }
    places.sort(Comparator.comparingLong(Place::start).thenComparingLong(Place::end));
    List<StoredArray> arrays = new ArrayList<>();
    long at = 0;
    for (Place place : places) {
      require(
          place.start == at
              && place.end - place.start == StoredArray.size(place.type, place.shape)
              && place.end <= available,
          file,
          "array " + place.name + " at byte " + at + " of " + available,
          place.start + " to " + place.end);
      StoredArray.Source bytes = data.between(place.start, place.end);
      arrays.add(new StoredArray(place.name, place.type, place.shape, bytes));
      at = place.end;
    }
    require(at == available, file, at + " bytes of arrays", available);
    return new SafeTensors(metadata, arrays);
  }

  private static Place place(String name, JsonObject entry, Object file)
      throws DamagedDataException {
    String type = entry.get("dtype").getAsString();
    for (StoredArray.Type known : StoredArray.Type.values()) {
      if (known.name().equals(type)) {
        long[] offsets = longs(entry.get("data_offsets"));
        require(offsets.length == 2, file, "two data_offsets of " + name, offsets.length);
        return new Place(name, known, longs(entry.get("shape")), offsets[0], offsets[1]);
      }
    }
    throw new DamagedDataException(
        "%s: array %s must be of a type among %s, but is %s"
            .formatted(file, name, Arrays.toString(StoredArray.Type.values()), type));
  }

  private static long[] longs(JsonElement array) {
    JsonArray values = array.getAsJsonArray();
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = values.get(i).getAsLong();
      if (longs[i] < 0) {
        throw new NumberFormatException("a negative size");
      }
    }
    return longs;
  }

  private static void require(boolean holds, Object file, String expected, Object found)
      throws DamagedDataException {
    if (!holds) {
      throw new DamagedDataException(file + " must have " + expected + ", but has " + found);
    }
  }
}
