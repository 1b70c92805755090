package condgen.notebook;

import condgen.display.Picture;
import condgen.display.Screen;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** Shows pictures through a kernel built on basekernel; loaded only where there is one. */
final class BasekernelScreen implements Screen {
  private final BaseKernel kernel;

  private BasekernelScreen(BaseKernel kernel) {
    this.kernel = kernel;
  }

  /** Makes the screen of {@code kernel}, which learns to render the toolkit's types. */
  static Screen on(Object kernel) {
    BaseKernel base = (BaseKernel) kernel;
    KernelRenderers.register(base.getRenderer());
    return new BasekernelScreen(base);
  }

  @Override
  public String show(Picture picture) {
    DisplayData data = kernel.getRenderer().render(picture);
    String id = UUID.randomUUID().toString();
    data.setDisplayId(id);
    kernel.display(data);
    return id;
  }

  @Override
  public void update(String id, Picture picture) {
    kernel.getIO().display.updateDisplay(id, kernel.getRenderer().render(picture));
  }
}
