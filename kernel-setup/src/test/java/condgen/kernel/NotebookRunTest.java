package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunTest {
  @TempDir private Path directory;

  private static Path small() throws URISyntaxException {
    return Path.of(NotebookRunTest.class.getResource("small.ipynb").toURI());
  }

  private Path notebook(String... cells) throws IOException {
    JsonObject notebook = new JsonObject();
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 5);
    notebook.add("metadata", new JsonObject());
    JsonArray array = new JsonArray();
    for (String code : cells) {
      JsonObject cell = new JsonObject();
      cell.addProperty("cell_type", "code");
      cell.addProperty("source", code);
      cell.add("metadata", new JsonObject());
      cell.add("outputs", JsonParser.parseString("[{\"output_type\": \"stale\"}]"));
      array.add(cell);
    }
    notebook.add("cells", array);
    return Files.writeString(directory.resolve("made.ipynb"), notebook.toString());
  }

  private JsonArray outputs(Path executed, int codeCell) throws IOException {
    return NotebookFile.read(executed).codeCells().get(codeCell).getAsJsonArray("outputs");
  }

  @Test
  void run_smallNotebook_hasTheOutputsThatJupyterWouldHave() throws Exception {
    NotebookRun.Result result = NotebookRun.of(small()).run();
    Path target = directory.resolve("deep/executed.ipynb");
    result.write(target);
    assertTrue(result.succeeded());
    assertEquals(6, result.executed());
    assertEquals(1, result.notebook().pictures());
    assertEquals(6, NotebookFile.read(target).executed());
    JsonObject value = outputs(target, 0).get(0).getAsJsonObject();
    assertEquals("execute_result", value.get("output_type").getAsString());
    assertEquals("60", value.getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals(1, value.get("execution_count").getAsInt());
    JsonObject printed = outputs(target, 1).get(0).getAsJsonObject();
    assertEquals("printed é\n", printed.get("text").getAsString());
    assertEquals("stderr", outputs(target, 1).get(1).getAsJsonObject().get("name").getAsString());
    JsonObject updated = outputs(target, 3).get(0).getAsJsonObject();
    assertEquals("after", updated.getAsJsonObject("data").get("text/html").getAsString());
    assertFalse(updated.has("transient"));
    assertEquals(0, outputs(target, 4).size());
  }

  @Test
  void run_failingCell_stopsThereAndIsWritten() throws IOException {
    Path file = notebook("int a = 1;", "int b = 2;\nint c = b / (a - 1);", "a + 1");
    NotebookRun.Result result = NotebookRun.of(file).run();
    assertFalse(result.succeeded());
    assertEquals(3, result.codeCells());
    assertEquals(2, result.executed());
    assertEquals(2, result.failures().get(0).cell());
    assertTrue(result.failures().get(0).how().plainReport().contains("Cell 2, line 2"));
    Path target = directory.resolve("executed.ipynb");
    result.write(target);
    JsonObject error = outputs(target, 1).get(0).getAsJsonObject();
    assertEquals("error", error.get("output_type").getAsString());
    assertEquals("ArithmeticException", error.get("ename").getAsString());
    assertEquals(0, outputs(target, 2).size());
    assertEquals(2, NotebookFile.read(target).executed());
    assertEquals(List.of("ArithmeticException: / by zero"), NotebookFile.read(target).errors());
  }

  @Test
  void keepGoing_runsTheRestToo() throws IOException {
    NotebookRun.Result result = NotebookRun.of(notebook("1 / 0", "2 / 0", "3")).keepGoing().run();
    assertEquals(3, result.executed());
    assertEquals(2, result.failures().size());
    assertFalse(result.succeeded());
  }

  @Test
  void cells_areToldWhereTheirNotebookLies() throws IOException {
    String cell = "System.getProperty(\"condgen.notebook.directory\")";
    Path target = directory.resolve("executed.ipynb");
    NotebookRun.of(notebook(cell)).run().write(target);
    JsonObject data = outputs(target, 0).get(0).getAsJsonObject().getAsJsonObject("data");
    assertTrue(data.get("text/plain").getAsString().contains(directory.toString()));
  }

  @Test
  void run_givesStandardOutputBack() throws IOException {
    var before = System.out;
    NotebookRun.of(notebook("1")).run();
    assertEquals(before, System.out);
  }

  @Test
  void read_whatIsNoNotebook_saysSo() throws IOException {
    Path text = Files.writeString(directory.resolve("a.ipynb"), "not JSON");
    assertTrue(message(text).contains("not a notebook"));
    Path old = Files.writeString(directory.resolve("b.ipynb"), "{\"nbformat\": 3, \"cells\": []}");
    assertTrue(message(old).contains("nbformat expected 4, got 3"));
  }

  private static String message(Path file) {
    return assertThrows(IOException.class, () -> NotebookRun.of(file).run()).getMessage();
  }

  private final StringWriter said = new StringWriter();

  private int command(String... arguments) {
    return RunNotebook.command()
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(arguments);
  }

  @Test
  void command_exitCodes_tellWhatHappened() throws Exception {
    String out = directory.resolve("out").toString();
    assertEquals(0, command(small().toString(), "--out", out));
    assertEquals(1, command(notebook("1 / 0").toString(), "--out", out));
    assertTrue(Files.exists(Path.of(out, "made.ipynb")));
    assertTrue(said.toString().contains("cell 1 failed: ArithmeticException"), said.toString());
    assertEquals(2, command("none.ipynb", "--out", out));
    assertTrue(said.toString().contains("none.ipynb"), said.toString());
  }
}
