package condgen.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A notebook file, format 4: its code cells, and its outputs replaced. */
public final class NotebookFile {
  private static final int FORMAT = 4;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

  private final JsonObject json;

  private NotebookFile(JsonObject json) {
    this.json = json;
  }

  /**
   * Reads the notebook {@code file}.
   *
   * @throws IOException if it cannot be read, or is no notebook of format 4
   */
  public static NotebookFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no notebook " + file);
    }
    JsonObject json;
    try {
      json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("not a notebook: " + file + ": " + e.getMessage(), e);
    }
    JsonElement format = json.get("nbformat");
    if (format == null || !format.isJsonPrimitive() || format.getAsInt() != FORMAT) {
      throw new IOException(
          "not a notebook: " + file + ": nbformat expected " + FORMAT + ", got " + format);
    }
    if (!json.has("cells") || !json.get("cells").isJsonArray()) {
      throw new IOException("not a notebook: " + file + ": it has no cells");
    }
    return new NotebookFile(json);
  }

  /** How many code cells with code it has. */
  public int withCode() {
    return (int) codeCells().stream().filter(cell -> !source(cell).isBlank()).count();
  }

  /** How many of them were executed. */
  public int executed() {
    return (int)
        codeCells().stream()
            .filter(cell -> !source(cell).isBlank())
            .filter(
                cell -> cell.has("execution_count") && !cell.get("execution_count").isJsonNull())
            .count();
  }

  /** The errors among its outputs, as {@code name: message}. */
  public List<String> errors() {
    List<String> errors = new ArrayList<>();
    for (JsonObject output : outputs()) {
      if (output.get("output_type").getAsString().equals("error")) {
        errors.add(output.get("ename").getAsString() + ": " + output.get("evalue").getAsString());
      }
    }
    return errors;
  }

  /** How many outputs are pictures: of an image type, or HTML that holds one. */
  public int pictures() {
    return (int) outputs().stream().filter(NotebookFile::isPicture).count();
  }

  private static boolean isPicture(JsonObject output) {
    if (!(output.get("data") instanceof JsonObject data)) {
      return false;
    }
    String html = data.has("text/html") ? text(data.get("text/html")) : "";
    return data.keySet().stream().anyMatch(type -> type.startsWith("image/"))
        || html.matches("(?s).*<(img|svg)\\b.*");
  }

  private List<JsonObject> outputs() {
    List<JsonObject> outputs = new ArrayList<>();
    for (JsonObject cell : codeCells()) {
      if (cell.get("outputs") instanceof JsonArray array) {
        array.forEach(output -> outputs.add(output.getAsJsonObject()));
      }
    }
    return outputs;
  }

  /** The code cells, in order. Changing them changes this notebook. */
  List<JsonObject> codeCells() {
    List<JsonObject> code = new ArrayList<>();
    for (JsonElement cell : json.getAsJsonArray("cells")) {
      if (cell.getAsJsonObject().get("cell_type").getAsString().equals("code")) {
        code.add(cell.getAsJsonObject());
      }
    }
    return code;
  }

  /** The text of a cell, which the file holds as one string or as a list of lines. */
  static String source(JsonObject cell) {
    return cell.has("source") ? text(cell.get("source")) : "";
  }

  private static String text(JsonElement stringOrLines) {
    if (stringOrLines.isJsonPrimitive()) {
      return stringOrLines.getAsString();
    }
    StringBuilder text = new StringBuilder();
    stringOrLines.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }

  /** Removes all outputs and execution counts. */
  void clear() {
    for (JsonObject cell : codeCells()) {
      set(cell, JsonNull.INSTANCE, new JsonArray());
    }
  }

  static void set(JsonObject cell, JsonElement number, JsonArray outputs) {
    cell.add("execution_count", number);
    cell.add("outputs", outputs);
  }

  /**
   * Writes this notebook to {@code file}: whole, or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path part = Files.createTempFile(directory, file.getFileName().toString(), ".part");
    try {
      Files.writeString(part, GSON.toJson(json) + "\n");
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
