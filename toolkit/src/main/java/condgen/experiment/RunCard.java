package condgen.experiment;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import condgen.data.AtomicFile;
import condgen.tensor.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was and what came out of it, in the order in which it was noted; a JSON file. */
public final class RunCard {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

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

  /** Notes what computes: device, threads, processors, and the versions of all that matters. */
  public RunCard machine() {
    return note("device", Devices.name())
        .note("threads", Devices.threads())
        .note("processors", Runtime.getRuntime().availableProcessors())
        .note("versions", Versions.all());
  }

  /**
   * Notes the time that a run took, in seconds, and the peak memory of this process, in MB: of all
   * that it has done so far, native memory included where the system tells it.
   */
  public RunCard cost(Duration time) {
    long bytes = ProcessMemory.resident().orElseGet(ProcessMemory::heap);
    return note("seconds", time.toMillis() / 1e3)
        .note("peak memory in MB", Math.round(bytes / 1048576.0));
  }

  /** The card as JSON. */
  public JsonObject json() {
    return GSON.toJsonTree(entries).getAsJsonObject();
  }

  /** Writes the card; at any moment the old or the new one is whole. */
  public void write(Path file) {
    try {
      AtomicFile.write(file, (GSON.toJson(entries) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A card's content, or an empty one if there is no such file. */
  public static JsonObject read(Path file) {
    try {
      return Files.exists(file)
          ? GSON.fromJson(Files.readString(file), JsonObject.class)
          : new JsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
