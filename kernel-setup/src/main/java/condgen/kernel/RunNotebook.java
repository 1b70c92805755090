package condgen.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that executes a notebook without Jupyter. */
@Command(
    name = "RunNotebook",
    mixinStandardHelpOptions = true,
    description = {
      "Executes the code cells of a notebook and writes it with its outputs.",
      "Exit code 0: every cell ran; 1: a cell failed; 2: the notebook could not be read or written."
    })
public final class RunNotebook implements Callable<Integer> {
  @Parameters(paramLabel = "NOTEBOOK", description = "the .ipynb file")
  private Path notebook;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "where the executed notebook is written, default: here")
  private Path directory;

  @Option(names = "--keep-going", description = "do not stop at the first cell that fails")
  private boolean keepGoing;

  @Spec private CommandSpec spec;

  private RunNotebook() {}

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new RunNotebook());
  }

  @Override
  public Integer call() {
    Path target = directory.resolve(notebook.getFileName());
    try {
      NotebookRun run = NotebookRun.of(notebook);
      NotebookRun.Result result = (keepGoing ? run.keepGoing() : run).run();
      result.write(target);
      for (NotebookRun.Failure failure : result.failures()) {
        spec.commandLine()
            .getErr()
            .println("cell " + failure.cell() + " failed: " + failure.how().kind());
        spec.commandLine().getErr().println(failure.how().plainReport().indent(4).stripTrailing());
      }
      out()
          .printf(
              "%s: %d of %d code cells run, %d failed, %d pictures; written to %s%n",
              notebook.getFileName(),
              result.executed(),
              result.codeCells(),
              result.failures().size(),
              result.notebook().pictures(),
              target);
      return result.succeeded() ? 0 : 1;
    } catch (IOException | RuntimeException e) {
      spec.commandLine().getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
      return 2;
    }
  }
}
