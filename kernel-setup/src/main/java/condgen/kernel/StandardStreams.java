package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import java.io.InputStream;
import java.io.PrintStream;

/** Sends standard output and error to the cell that runs; gives them back when closed. */
final class StandardStreams implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;

  StandardStreams(CellIO io) {
    System.setOut(
        CellOutput.stream(
            text -> {
              ShellReplyEnvironment cell = io.cell();
              if (cell == null) {
                out.print(text);
              } else {
                cell.writeToStdOut(text);
              }
            }));
    System.setErr(
        CellOutput.stream(
            text -> {
              ShellReplyEnvironment cell = io.cell();
              if (cell == null) {
                err.print(text);
              } else {
                cell.writeToStdErr(text);
              }
            }));
    System.setIn(io.in);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }
}
