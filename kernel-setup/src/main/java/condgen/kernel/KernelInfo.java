package condgen.kernel;

import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.reply.KernelInfoReply;
import io.github.spencerpark.jupyter.messages.request.KernelInfoRequest;
import java.util.List;

/** Tells the front end what kernel this is. */
final class KernelInfo implements ShellHandler<KernelInfoRequest> {
  private static final String NAME = "condgen-kernel";

  private final BaseKernel kernel;

  KernelInfo(BaseKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void handle(ShellReplyEnvironment env, Message<KernelInfoRequest> request) {
    env.setStatusBusy();
    env.reply(
        new Reply(
            Header.PROTOCOL_VERISON,
            NAME,
            version(),
            kernel.getLanguageInfo(),
            kernel.getBanner(),
            List.of()));
    env.setStatusIdle();
  }

  static String version() {
    String version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The base library's reply lacks the status that the protocol asks for. */
  private static final class Reply extends KernelInfoReply {
    @SuppressWarnings("unused") // Read by the JSON writer.
    private final String status = "ok";

    private Reply(
        String protocol,
        String name,
        String version,
        io.github.spencerpark.jupyter.kernel.LanguageInfo language,
        String banner,
        List<io.github.spencerpark.jupyter.kernel.LanguageInfo.Help> help) {
      super(protocol, name, version, language, banner, help);
    }
  }
}
