package condgen.display;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG bytes of an image, small enough to store in a notebook. */
final class Png {
  /** Beyond this a picture of images is stored with 256 colours. */
  private static final int EXACT_LIMIT = 300_000;

  /** Twice as fast as the best and at most 6 % larger. */
  private static final float ALMOST_BEST = 0.23f;

  private Png() {}

  /** With few colours: right for charts, whose own colours are few and blended at edges only. */
  static byte[] ofChart(BufferedImage image, int colours) {
    return encode(Palette.of(List.of(image), colours).apply(image));
  }

  /** Every pixel exact, unless that would take more than 300 kB. */
  static byte[] ofImages(BufferedImage image) {
    Palette palette = Palette.of(List.of(image), 256);
    if (palette.isExact()) {
      return encode(palette.apply(image));
    }
    byte[] exact = encode(image);
    return exact.length <= EXACT_LIMIT ? exact : encode(palette.apply(image));
  }

  private static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(ALMOST_BEST);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
