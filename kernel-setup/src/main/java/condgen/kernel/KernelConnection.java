package condgen.kernel;

import io.github.spencerpark.jupyter.channels.HeartbeatChannel;
import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CountDownLatch;
import org.zeromq.ZMQ;

/** The five sockets of the Jupyter protocol, with channels that wait instead of polling. */
final class KernelConnection extends JupyterConnection {
  private final KernelConnectionProperties address;
  private final HeartbeatChannel heartbeatChannel;
  private final RequestChannel shellChannel;
  private final RequestChannel controlChannel;
  private final StdinChannel stdinChannel;
  private final IopubQueue iopubQueue;
  private final CountDownLatch closed = new CountDownLatch(1);

  KernelConnection(KernelConnectionProperties address)
      throws NoSuchAlgorithmException, InvalidKeyException {
    super(address);
    super.close(); // Its sockets are not used.
    this.address = address;
    HMACGenerator hmac = address.createHMACGenerator();
    ZMQ.Context context = ZMQ.context(1);
    heartbeatChannel = new HeartbeatChannel(context, hmac);
    shellChannel = new RequestChannel(context, hmac, false, this);
    controlChannel = new RequestChannel(context, hmac, true, this);
    stdinChannel = new StdinChannel(context, hmac);
    iopubQueue = new IopubQueue(context, hmac);
  }

  @Override
  public void connect() {
    iopubQueue.bind(address);
    stdinChannel.bind(address);
    heartbeatChannel.bind(address);
    iopubQueue.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    controlChannel.bind(address);
    shellChannel.bind(address);
  }

  @Override
  public IOPubChannel getIOPub() {
    return iopubQueue;
  }

  /** The monitor under which a thread of a cell may be stopped by force. */
  Object outputLock() {
    return iopubQueue.lock();
  }

  @Override
  public RequestEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new RequestEnvironment(channel, stdinChannel, iopubQueue, context);
  }

  /** Says that the kernel is to end; the sockets go with the process. */
  @Override
  public void close() {
    iopubQueue.flush();
    shellChannel.close();
    controlChannel.close();
    closed.countDown();
  }

  @Override
  public void waitUntilClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
