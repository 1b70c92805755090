package condgen.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes the code cells of a notebook in order, in this process and without Jupyter, with the
 * evaluator of the kernel.
 *
 * <pre>{@code
 * NotebookRun.Result result = NotebookRun.of(Path.of("02-background.ipynb")).run();
 * result.write(Path.of("target/executed/02-background.ipynb"));
 * }</pre>
 *
 * <p>One run at a time: it takes over standard output and the {@link Display} of the process.
 */
public final class NotebookRun {
  /** The system property that tells the cells where their notebook lies. */
  static final String DIRECTORY = "condgen.notebook.directory";

  private final Path file;
  private final String toolkit;
  private final boolean keepGoing;

  private NotebookRun(Path file, String toolkit, boolean keepGoing) {
    this.file = file;
    this.toolkit = toolkit;
    this.keepGoing = keepGoing;
  }

  /**
   * A run of the notebook {@code file}. Cells can use the jars in the directory that the system
   * property {@code condgen.toolkit} names, what {@code IJAVA_CLASSPATH} matches, and the class
   * path of this process.
   */
  public static NotebookRun of(Path file) {
    return new NotebookRun(file, System.getProperty(ClassPaths.TOOLKIT), false);
  }

  /** The same run, which does not stop at the first cell that fails. */
  public NotebookRun keepGoing() {
    return new NotebookRun(file, toolkit, true);
  }

  /** A cell that failed: its number among the code cells, counted from 1, and how. */
  public record Failure(int cell, CellException how) {}

  /**
   * What came of a run.
   *
   * @param notebook the notebook with the outputs of this run
   * @param codeCells how many code cells with code it has
   * @param executed how many of them were executed, failed ones included
   * @param failures the cells that failed
   */
  public record Result(NotebookFile notebook, int codeCells, int executed, List<Failure> failures) {

    /** True when every code cell was executed and none failed. */
    public boolean succeeded() {
      return failures.isEmpty() && executed == codeCells;
    }

    /**
     * Writes the executed notebook to {@code target}: whole, or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path target) throws IOException {
      notebook.write(target);
    }
  }

  /**
   * Executes the notebook.
   *
   * @throws IOException if the notebook or the cells' class path cannot be read
   */
  public Result run() throws IOException {
    NotebookFile notebook = NotebookFile.read(file);
    notebook.clear();
    System.setProperty(DIRECTORY, file.toAbsolutePath().getParent().toString());
    Launcher.quiet();
    JavaKernel kernel = new JavaKernel(KernelSettings.from(toolkit, System.getenv()));
    StandardStreams streams = new StandardStreams(kernel.getIO());
    try {
      return run(notebook, kernel);
    } finally {
      streams.close();
      kernel.close();
    }
  }

  private Result run(NotebookFile notebook, JavaKernel kernel) {
    Map<String, List<JsonObject>> shown = new HashMap<>();
    List<Executed> executed = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    int withCode = 0;
    for (JsonObject cell : notebook.codeCells()) {
      String code = NotebookFile.source(cell);
      if (code.isBlank()) {
        continue;
      }
      withCode++;
      if (failures.isEmpty() || keepGoing) {
        NotebookOutput output = new NotebookOutput(shown);
        int number = kernel.number(true);
        execute(kernel, code, number, output, failures);
        executed.add(new Executed(cell, number, output));
      }
    }
    // Only now: a later cell may have updated what an earlier one shows.
    executed.forEach(Executed::store);
    return new Result(notebook, withCode, executed.size(), List.copyOf(failures));
  }

  private record Executed(JsonObject cell, int number, NotebookOutput output) {
    void store() {
      JsonArray outputs = output.toJson();
      NotebookFile.set(cell, new JsonPrimitive(number), outputs);
    }
  }

  private static void execute(
      JavaKernel kernel, String code, int number, NotebookOutput output, List<Failure> failures) {
    try {
      DisplayData value = kernel.run(output, code, number, false);
      if (value != null) {
        output.result(value, number);
      }
    } catch (CellException e) {
      output.error(e);
      failures.add(new Failure(number, e));
    }
  }
}
