package condgen.notebook;

import ai.djl.ndarray.NDArray;
import condgen.display.Drawable;
import condgen.display.Picture;
import condgen.display.Tables;
import condgen.tensor.Tensors;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import tech.tablesaw.api.Table;

/** How a kernel built on basekernel shows pictures, unfinished charts, tables and arrays. */
final class KernelRenderers {
  private static final MIMEType[] OF_PICTURES = {
    MIMEType.TEXT_HTML, MIMEType.IMAGE_PNG, MIMEType.TEXT_PLAIN
  };

  private static final Set<Renderer> DONE =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private KernelRenderers() {}

  /** Registers with {@code renderer}, once. */
  static void register(Renderer renderer) {
    if (!DONE.add(renderer)) {
      return;
    }
    renderer
        .createRegistration(Drawable.class)
        .preferring(OF_PICTURES)
        .supporting(MIMEType.IMAGE_SVG)
        .register((drawable, context) -> render(drawable.picture(), context));
    renderer
        .createRegistration(Table.class)
        .preferring(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
        .register((table, context) -> render(Tables.of(table).picture(), context));
    renderer
        .createRegistration(NDArray.class)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (array, context) ->
                context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> Tensors.describe(array)));
  }

  private static void render(Picture picture, RenderContext context) {
    Map<String, Object> bundle = picture.bundle();
    for (MIMEType type : OF_PICTURES) {
      Object content = bundle.get(type.toString());
      if (content != null) {
        context.renderIfRequested(type, () -> asText(content));
      }
    }
    picture.svg().ifPresent(svg -> context.renderIfRequested(MIMEType.IMAGE_SVG, () -> svg));
    DisplayData out = context.getOutputContainer();
    if (out.hasDataForType(MIMEType.IMAGE_PNG)) {
      out.putMetaData(
          MIMEType.IMAGE_PNG.toString(),
          Map.of("width", picture.width(), "height", picture.height(), "alt", picture.alt()));
    }
  }

  /** Bytes as Base64 without line breaks and with its padding: every byte arrives. */
  private static String asText(Object content) {
    return content instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : (String) content;
  }
}
