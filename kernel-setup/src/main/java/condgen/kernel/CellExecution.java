package condgen.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs compiled snippets in this process, on the cell thread, and keeps what JShell would turn into
 * text: the value itself and the exception itself.
 */
final class CellExecution extends DirectExecutionControl implements ExecutionControlProvider {
  private final CellThread thread;
  private CellRun run = new CellRun();
  private Object value;
  private Throwable thrown;

  CellExecution(CellClassLoader loader, CellThread thread) {
    super(loader);
    this.thread = thread;
  }

  @Override
  public String name() {
    return "condgen-cells";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, java.util.Map<String, String> parameters) {
    return this;
  }

  /** Forgets the outcome of the snippet before and says which run the next one belongs to. */
  void prepare(CellRun nextRun) {
    run = nextRun;
    value = null;
    thrown = null;
  }

  /** The value of the snippet that ran last, null when it had none. */
  Object value() {
    return value;
  }

  /** What the snippet that ran last threw, null when it ended well. */
  Throwable thrown() {
    return thrown;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    CellRun mine = run;
    try {
      Object result = thread.call(mine, () -> snippet.invoke(null));
      value = result;
      thrown = null;
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    } catch (CellInterrupted | CellThread.Abandoned e) {
      thrown = e;
      throw new StoppedException();
    } finally {
      run = mine;
    }
  }
}
