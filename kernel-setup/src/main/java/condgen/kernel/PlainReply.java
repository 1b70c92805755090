package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.Map;

/** Replies whose content the base library has no class for, or one that lacks a field. */
final class PlainReply {
  private PlainReply() {}

  /** Answers {@code request} with {@code content} as it stands. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static void send(
      ShellReplyEnvironment env, Message<?> request, MessageType<?> type, Map<String, ?> content) {
    env.reply(new Message(request, type, content));
  }
}
