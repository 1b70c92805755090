package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {
  @Test
  void fewColoursStayExact() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0x010203 * i);
    }
    Palette palette = Palette.of(List.of(image), 256);
    assertTrue(palette.isExact());
    BufferedImage painted = palette.apply(image);
    for (int i = 0; i < 256; i++) {
      assertEquals(image.getRGB(i % 16, i / 16), painted.getRGB(i % 16, i / 16));
    }
  }

  @Test
  void manyColoursAreGroupedNearThemselves() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4096; i++) {
      image.setRGB(i % 64, i / 64, i % 64 * 4 << 16 | i / 64 * 4 << 8);
    }
    Palette palette = Palette.of(List.of(image), 200);
    assertFalse(palette.isExact());
    assertTrue(palette.size() <= 200);
    BufferedImage painted = palette.apply(image);
    for (int i = 0; i < 4096; i++) {
      int before = image.getRGB(i % 64, i / 64);
      int after = painted.getRGB(i % 64, i / 64);
      for (int shift = 0; shift <= 16; shift += 8) {
        int off = Math.abs((before >> shift & 0xFF) - (after >> shift & 0xFF));
        assertTrue(off <= 48, "off by " + off);
      }
    }
  }
}
