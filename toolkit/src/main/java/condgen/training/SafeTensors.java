package condgen.training;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import condgen.data.DamagedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
record SafeTensors(Map<String, String> metadata, List<StoredArray> arrays) {

  private static final String METADATA = "__metadata__";
  private static final int LONGEST_HEADER = 100_000_000;

  /** The file's bytes. */
  byte[] encode() {
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
      entry.add("data_offsets", numbers(end, end + array.bytes().length));
      header.add(array.name(), entry);
      end += array.bytes().length;
    }
    byte[] json = padded(new Gson().toJson(header)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(Long.BYTES + json.length + end));
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    arrays.forEach(array -> file.put(array.bytes()));
    return file.array();
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

  /**
   * Reads a file's bytes.
   *
   * @param file what to call it in messages
   * @throws DamagedDataException if they are not of this format, or truncated, or too long
   */
  static SafeTensors decode(byte[] bytes, String file) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    require(bytes.length >= Long.BYTES, file, "eight bytes with the header's length", bytes.length);
    long length = buffer.getLong();
    require(
        length >= 2 && length <= Math.min(LONGEST_HEADER, buffer.remaining()),
        file,
        "a header within its " + bytes.length + " bytes",
        length);
    byte[] json = new byte[(int) length];
    buffer.get(json);
    try {
      JsonObject header =
          new Gson().fromJson(new String(json, StandardCharsets.UTF_8), JsonObject.class);
      return read(header, buffer, file);
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

  private static SafeTensors read(JsonObject header, ByteBuffer data, String file) {
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
    int available = data.remaining();
    for (Place place : places) {
      require(
          place.start == at
              && place.end - place.start == StoredArray.size(place.type, place.shape)
              && place.end <= available,
          file,
          "array " + place.name + " at byte " + at + " of " + available,
          place.start + " to " + place.end);
      byte[] bytes = new byte[(int) (place.end - place.start)];
      data.get(bytes);
      arrays.add(new StoredArray(place.name, place.type, place.shape, bytes));
      at = place.end;
    }
    require(at == available, file, at + " bytes of arrays", available);
    return new SafeTensors(metadata, arrays);
  }

  private static Place place(String name, JsonObject entry, String file) {
    String type = entry.get("dtype").getAsString();
    for (StoredArray.Type known : StoredArray.Type.values()) {
      if (known.name().equals(type)) {
        long[] offsets = longs(entry.get("data_offsets"));
        require(offsets.length == 2, file, "two data_offsets of " + name, offsets.length);
        return new Place(name, known, longs(entry.get("shape")), offsets[0], offsets[1]);
      }
    }
    throw new DamagedDataException(
        file + ": array " + name + " must be F32 or F64, but is " + type);
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

  private static void require(boolean holds, String file, String expected, Object found) {
    if (!holds) {
      throw new DamagedDataException(file + " must have " + expected + ", but has " + found);
    }
  }
}
