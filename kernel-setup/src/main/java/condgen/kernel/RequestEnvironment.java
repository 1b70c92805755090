package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How one request is answered: text goes the short way into the {@link IopubQueue}. */
final class RequestEnvironment extends ShellReplyEnvironment {
  /** Reads from the front end on a thread that nobody interrupts. */
  private static final ExecutorService READER =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "stdin");
            thread.setDaemon(true);
            return thread;
          });

  private final IopubQueue iopub;
  private final StdinChannel stdin;

  RequestEnvironment(
      ShellChannel shell, StdinChannel stdin, IopubQueue iopub, MessageContext context) {
    super(shell, stdin, iopub, context);
    this.stdin = stdin;
    this.iopub = iopub;
  }

  @Override
  public void writeToStdOut(String text) {
    iopub.text(getContext(), StreamType.OUT, text);
  }

  @Override
  public void writeToStdErr(String text) {
    iopub.text(getContext(), StreamType.ERR, text);
  }

  @Override
  public String readFromStdIn(String prompt, boolean isPassword) {
    iopub.flush();
    Future<String> line = READER.submit(() -> stdin.getInput(getContext(), prompt, isPassword));
    try {
      return line.get();
    } catch (InterruptedException e) {
      line.cancel(false);
      throw new CellInterrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading from the front end failed", e.getCause());
    }
  }

  void flush() {
    iopub.flush();
  }
}
