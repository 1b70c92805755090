package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.Map;

/** Carries out the front end's request to execute a cell. */
final class ExecuteHandler implements ShellHandler<ExecuteRequest> {
  private final JavaKernel kernel;
  private final KernelConnection connection;

  ExecuteHandler(JavaKernel kernel, KernelConnection connection) {
    this.kernel = kernel;
    this.connection = connection;
  }

  @Override
  public void handle(ShellReplyEnvironment shell, Message<ExecuteRequest> message) {
    RequestEnvironment env = (RequestEnvironment) shell;
    ExecuteRequest request = message.getContent();
    boolean recorded = !request.isSilent() && request.shouldStoreHistory();
    int number = kernel.number(recorded);
    env.setStatusBusy();
    if (!request.isSilent()) {
      env.publish(new PublishExecuteInput(request.getCode(), number));
    }
    kernel.getCommManager().setMessageContext(message);
    // Output has an environment of its own: other threads write to it too.
    RequestEnvironment output = connection.prepareReplyEnv((ShellChannel) env.getShell(), message);
    try {
      DisplayData value = kernel.run(output, request.getCode(), number, request.isStdinEnabled());
      if (value != null && !request.isSilent()) {
        env.publish(new PublishExecuteResult(number, value));
      }
      if (recorded) {
        kernel.getHistoryManager().add(number, request.getCode(), value);
      }
      env.flush();
      env.reply(new ExecuteReply(number, Map.of()));
    } catch (CellException e) {
      if (recorded) {
        kernel.getHistoryManager().add(number, request.getCode(), null);
      }
      if (request.shouldStopOnError()) {
        ((RequestChannel) env.getShell()).holdQueued();
      }
      env.publish(new PublishError(e.kind(), e.getMessage(), e.report()));
      env.flush();
      ErrorReply reply = new ErrorReply(e.kind(), e.getMessage(), e.report());
      reply.setExecutionCount(number);
      env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
    }
    env.setStatusIdle();
  }
}
