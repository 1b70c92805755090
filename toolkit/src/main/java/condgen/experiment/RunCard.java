package condgen.experiment;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was and what came out of it, in the order in which it was noted; a JSON file. */
public final class RunCard {

  private final Map<String, Object> entries = new LinkedHashMap<>();

  /** An empty card. */
  public RunCard() {}

  /**
   * Notes something.
   *
   * @param value a text, a number, a list or a map of these
   */
  public RunCard note(String name, Object value) {
    entries.put(name, value);
    return this;
  }

  /** Writes the card. */
  public void write(Path file) {
    try {
      String json =
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(entries);
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A card's content, or an empty one if there is no such file. */
  public static JsonObject read(Path file) {
    try {
      return Files.exists(file)
          ? new GsonBuilder().create().fromJson(Files.readString(file), JsonObject.class)
          : new JsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
