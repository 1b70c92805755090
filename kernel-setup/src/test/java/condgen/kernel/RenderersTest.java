package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderersTest {
  /** Sizes whose PNG lengths leave 0, 1 and 2 bytes beyond a multiple of three, among others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31})
  void render_image_givesEveryByteOfThePng(int size) throws Exception {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(size);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, random.nextInt());
    }
    DisplayData data = Renderers.standard().render(image);
    byte[] png = Base64.getDecoder().decode(data.getData(MIMEType.IMAGE_PNG).toString());
    byte[] end = Arrays.copyOfRange(png, png.length - 8, png.length - 4);
    assertEquals("IEND", new String(end, java.nio.charset.StandardCharsets.US_ASCII));
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(png));
    for (int i = 0; i < size * size; i++) {
      assertEquals(image.getRGB(i % size, i / size), back.getRGB(i % size, i / size));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "image/gif"})
  void renderAs_imageWithAlpha_isWritten(String type) {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    DisplayData data = Renderers.standard().renderAs(image, type);
    assertTrue(data.hasDataForType(MIMEType.parse(type)));
  }
}
