package condgen.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.publish.PublishClearOutput;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects what a cell prints and shows as the outputs of a notebook file, format 4. It stands
 * where a front end would: what a kernel would send is kept instead.
 */
final class NotebookOutput extends ShellReplyEnvironment {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /** Text that still grows. */
  private record Stream(String name, StringBuilder text) {}

  private final List<Object> outputs = new ArrayList<>();
  private final Map<String, List<JsonObject>> shown;

  /**
   * @param shown by display id, what the notebook has shown so far; cells add to it and may update
   *     what an earlier one has shown
   */
  NotebookOutput(Map<String, List<JsonObject>> shown) {
    super(null, null, null, null);
    this.shown = shown;
  }

  @Override
  public void writeToStdOut(String text) {
    text("stdout", text);
  }

  @Override
  public void writeToStdErr(String text) {
    text("stderr", text);
  }

  private synchronized void text(String stream, String text) {
    Object last = outputs.isEmpty() ? null : outputs.get(outputs.size() - 1);
    if (last instanceof Stream open && open.name.equals(stream)) {
      open.text.append(text);
    } else {
      outputs.add(new Stream(stream, new StringBuilder(text)));
    }
  }

  @Override
  public synchronized void publish(Message<?> message) {
    Object content = message.getContent();
    if (content instanceof PublishDisplayData data) {
      JsonObject output = bundle("display_data", data);
      outputs.add(output);
      if (data.hasDisplayId()) {
        shown.computeIfAbsent(data.getDisplayId(), id -> new ArrayList<>()).add(output);
      }
    } else if (content instanceof PublishUpdateDisplayData data) {
      JsonObject update = bundle("display_data", data);
      for (JsonObject output : shown.getOrDefault(data.getDisplayId(), List.of())) {
        output.add("data", update.get("data"));
        output.add("metadata", update.get("metadata"));
      }
    } else if (content instanceof PublishClearOutput) {
      outputs.clear();
    }
  }

  synchronized void result(DisplayData value, int number) {
    JsonObject output = bundle("execute_result", value);
    output.addProperty("execution_count", number);
    outputs.add(output);
  }

  synchronized void error(CellException e) {
    JsonObject output = output("error");
    output.addProperty("ename", e.kind());
    output.addProperty("evalue", e.getMessage());
    output.add("traceback", GSON.toJsonTree(e.report()));
    outputs.add(output);
  }

  /** The outputs so far, in the order in which they appeared. */
  synchronized JsonArray toJson() {
    JsonArray array = new JsonArray();
    for (Object output : outputs) {
      if (output instanceof Stream stream) {
        JsonObject text = output("stream");
        text.addProperty("name", stream.name);
        text.addProperty("text", stream.text.toString());
        array.add(text);
      } else {
        array.add((JsonObject) output);
      }
    }
    return array;
  }

  private static JsonObject output(String type) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", type);
    return output;
  }

  private static JsonObject bundle(String type, DisplayData data) {
    JsonObject tree = GSON.toJsonTree(new DisplayData(data)).getAsJsonObject();
    JsonObject output = output(type);
    output.add("data", parsed(tree.get("data").getAsJsonObject()));
    JsonElement metadata = tree.get("metadata");
    output.add("metadata", metadata.isJsonObject() ? metadata : new JsonObject());
    return output;
  }

  /** Values as a notebook file holds them: JSON as JSON, all else as text. */
  private static JsonObject parsed(JsonObject data) {
    JsonObject result = new JsonObject();
    for (Map.Entry<String, JsonElement> e : data.entrySet()) {
      boolean json = e.getKey().equals("application/json") && e.getValue().isJsonPrimitive();
      result.add(
          e.getKey(),
          json ? com.google.gson.JsonParser.parseString(e.getValue().getAsString()) : e.getValue());
    }
    return result;
  }
}
