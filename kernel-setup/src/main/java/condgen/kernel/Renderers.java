package condgen.kernel;

import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.common.Text;
import io.github.spencerpark.jupyter.kernel.display.common.Url;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** How values are shown: text, addresses and images; libraries register more. */
final class Renderers {
  private Renderers() {}

  static Renderer standard() {
    Renderer renderer = new Renderer();
    Text.registerAll(renderer);
    Url.registerAll(renderer);
    renderer
        .createRegistration(RenderedImage.class)
        .preferring(MIMEType.IMAGE_PNG)
        .supporting(MIMEType.IMAGE_JPEG, MIMEType.IMAGE_GIF)
        .register(Renderers::image);
    renderer
        .createRegistration(InputStream.class)
        .preferring(MIMEType.IMAGE_PNG)
        .supporting(MIMEType.IMAGE_JPEG, MIMEType.IMAGE_GIF)
        .register(Renderers::imageOf);
    return renderer;
  }

  private static void image(RenderedImage image, RenderContext context) {
    context.renderIfRequested(
        MIMEType.TEXT_PLAIN, () -> "image, " + image.getWidth() + " x " + image.getHeight());
    context.renderIfRequested(MIMEType.IMAGE_PNG, () -> base64(image, "png"));
    context.renderIfRequested(MIMEType.IMAGE_JPEG, () -> base64(opaque(image), "jpeg"));
    context.renderIfRequested(MIMEType.IMAGE_GIF, () -> base64(image, "gif"));
  }

  private static void imageOf(InputStream stream, RenderContext context) {
    try {
      BufferedImage image = ImageIO.read(stream);
      if (image != null) {
        image(image, context);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the image to show", e);
    }
  }

  static String base64(RenderedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("image cannot be written as " + format + ": " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** JPEG knows no transparency: the same image on white. */
  private static RenderedImage opaque(RenderedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return image;
    }
    BufferedImage flat =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = flat.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, flat.getWidth(), flat.getHeight());
    g.drawRenderedImage(image, null);
    g.dispose();
    return flat;
  }
}
