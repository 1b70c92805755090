package condgen.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.zeromq.ZMQ;

/**
 * The shell or the control channel: waits for the next request without polling, so that a cell
 * starts at once, and survives whatever a request does.
 */
final class RequestChannel extends ShellChannel {
  private static final long LOOK_UP_MS = 200;

  /** Requests that a front end sent together with a failing one arrive within this time. */
  private static final long QUEUED_WITHIN_MS = 20;

  private final boolean control;
  private final KernelConnection connection;
  private final List<Message<?>> held = new ArrayList<>();
  private ZMQ.Poller poller;
  private volatile boolean open;

  RequestChannel(
      ZMQ.Context context, HMACGenerator hmac, boolean control, KernelConnection connection) {
    super(context, hmac, control, connection);
    this.control = control;
    this.connection = connection;
  }

  @Override
  public void bind(KernelConnectionProperties address) {
    int port = control ? address.getControlPort() : address.getShellPort();
    super.bind(JupyterSocket.formatAddress(address.getTransport(), address.getIp(), port));
    open = true;
    Thread thread = new Thread(this::serve, control ? "control" : "shell");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    poller = ctx.poller(1);
    poller.register(this, ZMQ.Poller.POLLIN);
    while (open) {
      if (poller.poll(LOOK_UP_MS) > 0) {
        Message<?> message = read();
        if (message != null) {
          answer(message);
          answerHeld();
        }
      }
    }
  }

  /**
   * Takes the requests that were sent before the running one has been answered; they are answered
   * after it, and those to execute a cell are refused. Called on this channel's own thread.
   */
  void holdQueued() {
    while (poller.poll(QUEUED_WITHIN_MS) > 0) {
      Message<?> message = read();
      if (message != null) {
        held.add(message);
      }
    }
  }

  private void answerHeld() {
    List<Message<?>> queued = List.copyOf(held);
    held.clear();
    for (Message<?> message : queued) {
      if (message.getHeader().getType().equals(MessageType.EXECUTE_REQUEST)) {
        abort(message);
      } else {
        answer(message);
      }
    }
  }

  private Message<?> read() {
    try {
      return readMessage();
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, "a message was not understood and is ignored", e);
      return null;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void answer(Message<?> message) {
    ShellHandler handler = connection.getHandler((MessageType) message.getHeader().getType());
    if (handler == null) {
      logger.log(Level.FINE, () -> "no answer to " + message.getHeader().getType());
      return;
    }
    RequestEnvironment env = connection.prepareReplyEnv(this, message);
    try {
      handler.handle(env, (Message) message);
    } catch (Throwable e) {
      logger.log(Level.SEVERE, e, () -> "request " + message.getHeader().getType() + " failed");
    } finally {
      env.resolveDeferrals();
    }
    if (env.isMarkedForShutdown()) {
      connection.close();
    }
  }

  private void abort(Message<?> message) {
    RequestEnvironment env = connection.prepareReplyEnv(this, message);
    env.setStatusBusy();
    PlainReply.send(env, message, MessageType.EXECUTE_REPLY, Map.of("status", "aborted"));
    env.setStatusIdle();
  }

  @Override
  public void close() {
    open = false; // The socket itself goes with the process.
  }

  @Override
  public void waitUntilClose() {
    // The connection is what is waited for.
  }
}
