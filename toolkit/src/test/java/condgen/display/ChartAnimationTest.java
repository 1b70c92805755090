package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class ChartAnimationTest {

  /** A bump that moves to the right. */
  private static HeatMapChart bump(String title, double centre) {
    double[][] values = new double[60][60];
    for (int row = 0; row < 60; row++) {
      for (int column = 0; column < 60; column++) {
        double off = Math.hypot((row - 30) / 10.0, (column - centre) / 10.0);
        values[row][column] = Math.exp(-off * off);
      }
    }
    return Charts.heatMap(title, "x", "y", values, "height").over(0, 1, 0, 1).colours(0, 1);
  }

  private static ImageReader reader(Picture picture) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    ImageInputStream in =
        ImageIO.createImageInputStream(new ByteArrayInputStream(picture.gif().orElseThrow()));
    reader.setInput(in);
    return reader;
  }

  @Test
  void framesAreTheCharts_withinTheLimit() throws IOException {
    ChartAnimation animation = Charts.animation().frameMillis(80);
    for (int i = 0; i < 8; i++) {
      animation.frame(bump("Bump", 10 + 5 * i));
    }
    Picture picture = animation.picture();
    assertTrue(picture.gif().orElseThrow().length <= 120_000);
    assertTrue(picture.alt().contains("8 frames"), picture.alt());
    ImageReader reader = reader(picture);
    assertEquals(8, reader.getNumImages(true));
    BufferedImage first = reader.read(0);
    assertEquals(picture.width(), first.getWidth());
    assertEquals(picture.height(), first.getHeight());
  }

  @Test
  void framesOfTwoSizes_areRefused() {
    ChartAnimation animation =
        Charts.animation().frame(bump("Bump", 20)).frame(bump("Bump", 25).size(500, 400));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, animation::picture);
    assertTrue(refused.getMessage().contains("frame 2"), refused.getMessage());
    assertThrows(IllegalStateException.class, () -> Charts.animation().picture());
    assertThrows(IllegalArgumentException.class, () -> Charts.animation().frameMillis(5));
  }
}
