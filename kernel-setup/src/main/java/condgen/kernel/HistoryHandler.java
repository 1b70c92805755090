package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager.ResultFlag;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers questions about the history. The base library would write its entries as objects, where
 * the protocol asks for lists.
 */
final class HistoryHandler implements ShellHandler<HistoryRequest> {
  private final History history;

  HistoryHandler(History history) {
    this.history = history;
  }

  @Override
  public void handle(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    env.setStatusBusy();
    List<List<Object>> entries =
        lookUp(message.getContent()).stream().map(HistoryHandler::tuple).toList();
    PlainReply.send(
        env, message, MessageType.HISTORY_REPLY, Map.of("status", "ok", "history", entries));
    env.setStatusIdle();
  }

  private List<HistoryEntry> lookUp(HistoryRequest request) {
    Set<ResultFlag> flags = EnumSet.noneOf(ResultFlag.class);
    if (request.includeOutput()) {
      flags.add(ResultFlag.INCLUDE_OUTPUT);
    }
    if (request instanceof HistoryRequest.Range range) {
      return history.lookupRange(range.getSessionIndex(), range.getStart(), range.getStop(), flags);
    }
    if (request instanceof HistoryRequest.Search search) {
      if (search.filterUnique()) {
        flags.add(ResultFlag.UNIQUE);
      }
      return history.search(search.getPattern(), search.getMaxReturnLength(), flags);
    }
    return history.lookupTail(((HistoryRequest.Tail) request).getMaxReturnLength(), flags);
  }

  private static List<Object> tuple(HistoryEntry e) {
    Object code = e.hasOutput() ? List.of(e.getInput(), e.getOutput()) : e.getInput();
    return List.of(e.getSession(), e.getCellNumber(), code);
  }
}
