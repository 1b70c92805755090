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
  /** Beyond this a picture of images is stored with few colours. */
  private static final int EXACT_LIMIT = 40_000;

  private static final int COLOURS_OF_GREY_IMAGES = 16;

  /** A GIF's and a palette's most; half of them leave photographs with flat patches. */
  private static final int COLOURS_OF_COLOUR_IMAGES = 256;

  /** The smallest file; it takes twice as long as one that is 6 % larger. */
  private static final float SMALLEST = 0;

  private Png() {}

  /** With few colours: right for charts, whose own colours are few and blended at edges only. */
  static byte[] ofChart(BufferedImage image, int colours) {
    return encode(Palette.of(List.of(image), colours).apply(image));
  }

  /**
   * Every pixel exact, unless that would take more than 40 kB; then 16 colours where the images are
   * grey and 256 where they have colours.
   */
  static byte[] ofImages(BufferedImage image, boolean coloured) {
    Palette palette = Palette.of(List.of(image), 256);
    byte[] exact = encode(palette.isExact() ? palette.apply(image) : image);
    if (exact.length <= EXACT_LIMIT) {
      return exact;
    }
    return ofChart(image, coloured ? COLOURS_OF_COLOUR_IMAGES : COLOURS_OF_GREY_IMAGES);
  }

  private static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(SMALLEST);
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
