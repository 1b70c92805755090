package condgen.kernel;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kernel without a connection, whose cells a test runs one after the other. */
final class TestCells implements AutoCloseable {
  static final KernelSettings PLAIN =
      new KernelSettings(List.of(), List.of(), List.of(), "", Optional.empty());

  final JavaKernel kernel;
  private final StandardStreams streams;
  private final Map<String, List<JsonObject>> shown = new HashMap<>();
  private NotebookOutput output;

  TestCells() {
    this(PLAIN);
  }

  TestCells(KernelSettings settings) {
    kernel = new JavaKernel(settings);
    streams = new StandardStreams(kernel.getIO());
  }

  /** Runs a cell that must succeed and returns its value as text, null when it has none. */
  String run(String code) throws CellException {
    output = new NotebookOutput(shown);
    DisplayData value = kernel.run(output, code, kernel.number(true), false);
    return value == null ? null : value.getData(MIMEType.TEXT_PLAIN).toString();
  }

  /** Runs a cell that must fail and returns how it did. */
  CellException fail(String code) {
    try {
      String value = run(code);
      throw new AssertionError("the cell did not fail; its value is " + value);
    } catch (CellException e) {
      return e;
    }
  }

  /** What the last cell printed and showed. */
  List<JsonObject> outputs() {
    List<JsonObject> list = new ArrayList<>();
    output.toJson().forEach(o -> list.add(o.getAsJsonObject()));
    return list;
  }

  /** What the last cell printed. */
  String printed() {
    StringBuilder text = new StringBuilder();
    for (JsonObject o : outputs()) {
      if (o.has("text")) {
        text.append(o.get("text").getAsString());
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    streams.close();
    kernel.close();
  }
}
