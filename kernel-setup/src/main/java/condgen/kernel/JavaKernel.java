package condgen.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

/**
 * A Java kernel: evaluates cells and shows what they give. It speaks Jupyter's protocol once a
 * connection is set, and runs cells without one for {@link NotebookRun}.
 */
public final class JavaKernel extends BaseKernel implements AutoCloseable {
  private static volatile JavaKernel current;

  private final CellIO cellIo = new CellIO();
  private final History history = new History();
  private final CellThread thread;
  private final JavaMagics magics;
  private final CompletableFuture<Session> session;
  private final KernelSettings settings;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread timer = new Thread(work, "cell-timeout");
            timer.setDaemon(true);
            return timer;
          });
  private volatile CellRun running;
  private volatile int cellNumber;

  JavaKernel(KernelSettings settings) {
    this.settings = settings;
    renderer = Renderers.standard();
    magics = new JavaMagics(this);
    CellClassLoader loader = new CellClassLoader(JavaKernel.class.getClassLoader());
    thread = new CellThread(loader);
    current = this;
    session = CompletableFuture.supplyAsync(() -> openSession(loader), this::startWarmUp);
  }

  private void startWarmUp(Runnable work) {
    Thread warmUp = new Thread(work, "warm-up");
    warmUp.setDaemon(true);
    warmUp.start();
  }

  private Session openSession(CellClassLoader loader) {
    Session opened = new Session(loader, thread, settings.classPath(), settings.compilerOptions());
    try {
      Startup.run(opened, settings);
      return opened;
    } catch (CellException e) {
      throw new IllegalStateException(e.plainReport(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel of this process. */
  static JavaKernel current() {
    JavaKernel kernel = current;
    if (kernel == null) {
      throw new IllegalStateException("no Java kernel runs in this process");
    }
    return kernel;
  }

  /** The commands that start with {@code %}; more can be registered. */
  public JavaMagics magics() {
    return magics;
  }

  @Override
  public CellIO getIO() {
    return cellIo;
  }

  @Override
  public History getHistoryManager() {
    return history;
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection connection) {
    super.becomeHandlerForConnection(connection);
    KernelConnection own = (KernelConnection) connection;
    thread.protect(own.outputLock());
    connection.setHandler(MessageType.EXECUTE_REQUEST, new ExecuteHandler(this, own));
    connection.setHandler(MessageType.HISTORY_REQUEST, new HistoryHandler(history));
    connection.setHandler(
        MessageType.INTERRUPT_REQUEST,
        (env, request) -> {
          env.setStatusBusy();
          interrupt();
          PlainReply.send(env, request, MessageType.INTERRUPT_REPLY, Map.of("status", "ok"));
          env.setStatusIdle();
        });
    connection.setHandler(MessageType.KERNEL_INFO_REQUEST, new KernelInfo(this));
  }

  /** The number of the next cell, which counts up when the cell is recorded. */
  int number(boolean recorded) {
    return recorded ? executionCount.getAndIncrement() : executionCount.get();
  }

  /**
   * Runs a cell.
   *
   * @param output where it prints and shows things
   * @param number its number, named in errors
   * @return its value as it is to be shown, or null when it has none
   * @throws CellException if it fails
   */
  DisplayData run(ShellReplyEnvironment output, String code, int number, boolean mayRead)
      throws CellException {
    CellRun run = new CellRun();
    cellIo.attach(output, mayRead);
    cellNumber = number;
    running = run;
    ScheduledFuture<?> timeout = startTimeout(run);
    try {
      Object value = evaluate(run, Origin.of("Cell " + number, code), code);
      return value == null ? null : thread.call(run, () -> render(value));
    } catch (CellException e) {
      throw e;
    } catch (Throwable e) {
      throw Failures.outsideCode(e, run, Origin.of("Cell " + number, code));
    } finally {
      if (timeout != null) {
        timeout.cancel(false);
      }
      running = null;
      run.end();
    }
  }

  private ScheduledFuture<?> startTimeout(CellRun run) {
    return settings
        .timeout()
        .map(
            limit ->
                clock.schedule(
                    () -> thread.stop(run, "Stopped: longer than IJAVA_TIMEOUT, " + limit),
                    limit.toMillis(),
                    java.util.concurrent.TimeUnit.MILLISECONDS))
        .orElse(null);
  }

  private Object evaluate(CellRun run, Origin origin, String code) throws Exception {
    Session java = session.join();
    MagicSource.CellCall call = MagicSource.cellMagic(code);
    if (call == null) {
      return java.evaluate(run, origin, MagicSource.of(code, magics.lineNames()::contains));
    }
    if (call.name().equals("time")) {
      Timing.Spent before = run.spent();
      String body = "\n" + call.body();
      Object value = java.evaluate(run, origin, MagicSource.of(body, magics.lineNames()::contains));
      System.out.println(run.spent().minus(before));
      return value;
    }
    return thread.call(run, () -> magics.cell(call.name(), call.arguments(), call.body()));
  }

  /** Evaluates code inside the running cell and returns the value of its last statement. */
  public Object evaluate(String code) throws Exception {
    CellRun run = running;
    Origin origin = Origin.of("Code evaluated by cell " + cellNumber, code);
    return evaluate(run == null ? new CellRun() : run, origin, code);
  }

  @Override
  public DisplayData eval(String code) throws Exception {
    Object value = evaluate(code);
    return value == null ? null : render(value);
  }

  void addToClasspath(List<Path> entries) {
    session.join().addToClasspath(entries);
  }

  DisplayData render(Object value, String... as) {
    if (value == null) {
      return new DisplayData("null");
    }
    if (value instanceof DisplayData data) {
      return data;
    }
    return as.length == 0 ? renderer.render(value) : renderer.renderAs(value, as);
  }

  @Override
  public void display(DisplayData data) {
    cellIo.display.display(data);
  }

  void update(String id, DisplayData data) {
    cellIo.display.updateDisplay(id, data);
  }

  @Override
  public void interrupt() {
    CellRun run = running;
    if (run != null) {
      thread.stop(run, "Interrupted");
    }
  }

  private Completion completion() {
    return new Completion(session.join().analysis(), magics);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return completion().complete(code, at);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean detailed) {
    String text = completion().inspect(code, at);
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public String isComplete(String code) {
    return completion().isComplete(code, IS_COMPLETE_YES, IS_COMPLETE_BAD);
  }

  @Override
  public List<String> formatError(Exception e) {
    return e instanceof CellException cell ? cell.report() : List.of(Ansi.error(e.toString()));
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("java")
        .build();
  }

  @Override
  public String getBanner() {
    return "condgen's Java kernel, Java " + Runtime.version();
  }

  @Override
  public void onShutdown(boolean isRestarting) {
    interrupt();
  }

  /** Ends the session and, once it has nothing to do, the cell thread. */
  @Override
  public void close() {
    interrupt();
    clock.shutdownNow();
    session.thenAccept(Session::close);
    thread.close();
    if (current == this) {
      current = null;
    }
  }
}
