package condgen.thesis.index;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered equation in a notebook: {@code \tag{2.1.9}} in a Markdown cell, together with the code
 * cell that follows.
 *
 * @param number what stands between the braces
 * @param cell {@code 02-background#} and the id of the next code cell; empty if none follows
 * @param where notebook and Markdown cell, for messages
 */
record NotebookTag(String number, String cell, String where) {
  private static final Pattern TAG = Pattern.compile("\\\\tag\\*?\\{([^}]*)}");

  /** The tags of all notebooks of a folder, by file name; none if the folder does not exist. */
  static List<NotebookTag> inFolder(Path folder) throws IOException {
    List<NotebookTag> tags = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return tags;
    }
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.ipynb")) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("\\.ipynb$", "");
      tags.addAll(in(name, Files.readString(file, StandardCharsets.UTF_8)));
    }
    return tags;
  }

  /**
   * The tags of one notebook in the order of its cells.
   *
   * @throws IllegalArgumentException if the text is no notebook
   */
  static List<NotebookTag> in(String name, String json) {
    List<NotebookTag> tags = new ArrayList<>();
    List<String[]> waiting = new ArrayList<>();
    int position = 0;
    for (JsonElement element : cells(name, json)) {
      position++;
      JsonObject cell = element.getAsJsonObject();
      String id = cell.has("id") ? cell.get("id").getAsString() : "cell-" + position;
      if (cell.get("cell_type").getAsString().equals("code")) {
        waiting.forEach(tag -> tags.add(new NotebookTag(tag[0], name + "#" + id, tag[1])));
        waiting.clear();
      } else {
        Matcher matcher = TAG.matcher(source(cell));
        while (matcher.find()) {
          waiting.add(new String[] {matcher.group(1).trim(), name + ", cell " + id});
        }
      }
    }
    waiting.forEach(tag -> tags.add(new NotebookTag(tag[0], "", tag[1])));
    return tags;
  }

  private static Iterable<JsonElement> cells(String name, String json) {
    try {
      return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cells");
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(name + " is not a notebook: " + e.getMessage(), e);
    }
  }

  private static String source(JsonObject cell) {
    JsonElement source = cell.get("source");
    if (source.isJsonPrimitive()) {
      return source.getAsString();
    }
    StringBuilder text = new StringBuilder();
    source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }
}
