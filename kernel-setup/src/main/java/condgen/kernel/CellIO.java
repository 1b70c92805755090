package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.JupyterIO;

/**
 * Where a cell's output goes: to the cell that runs, and afterwards, from threads that go on, to
 * the cell that ran last.
 */
final class CellIO extends JupyterIO {
  private volatile ShellReplyEnvironment cell;

  void attach(ShellReplyEnvironment nextCell, boolean mayRead) {
    cell = nextCell;
    setEnv(nextCell);
    setJupyterInEnabled(mayRead);
  }

  ShellReplyEnvironment cell() {
    return cell;
  }
}
