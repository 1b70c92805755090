package condgen.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.Cifar10;
import condgen.data.LabelledImages;
import condgen.download.DataCache;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.w3c.dom.NodeList;

class ImagesTest {
  private static BufferedImage decode(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.png().orElseThrow()));
  }

  /** With a number of one digit more a title may need a line more. */
  @Test
  void animation_titleGrowsWithTheNumber_keepsItsSize() {
    for (String title :
        List.of("A title", "A title that nearly fills", "One that needs two lines")) {
      Animation animation = Images.animation(title + ", the width of a small picture");
      for (int t = 0; t < 101; t += 10) {
        animation.frame("frame " + t, new float[64], 1, 1, 8, 8);
      }
      assertTrue(animation.picture().width() > 0, title);
    }
  }

  @Test
  void gridEnlargesEveryPixelToAnExactSquare() throws IOException {
    float[] checks = {-1, 0, 0.5f, 1};
    Picture picture = Images.grid("Checks", checks, 1, 1, 2, 2).scale(20).picture();
    BufferedImage image = decode(picture);
    assertEquals(2 * picture.width(), image.getWidth());
    int[] counts = new int[256];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts[image.getRGB(x, y) & 0xFF]++;
      }
    }
    assertTrue(counts[0] >= 400, "a black square of 20 by 20");
    assertTrue(counts[128] >= 400, "a grey one");
    assertTrue(counts[191] >= 400, "a light one");
  }

  @Test
  void arraysAndNumbersGiveTheSamePicture() {
    float[] values = Gallery.blobs(4, 3, 16, 5);
    try (Scope scope = Scope.open()) {
      NDArray array = Tensors.of(values, new Shape(4, 3, 16, 16));
      byte[] byArray = Images.grid("G", array).picture().png().orElseThrow();
      byte[] byNumbers = Images.grid("G", values, 4, 3, 16, 16).picture().png().orElseThrow();
      assertArrayEquals(byNumbers, byArray);
    }
  }

  @Test
  void rangeSetsBlackAndWhite() {
    Pixels pixels = Pixels.of(new float[] {0, 0.5f, 1, 7}, 2, 2);
    BufferedImage image = pixels.image(0, 0, 1);
    assertEquals(0xFF000000, image.getRGB(0, 0));
    assertEquals(0xFF808080, image.getRGB(1, 0));
    assertEquals(0xFFFFFFFF, image.getRGB(0, 1));
    assertEquals(0xFFFFFFFF, image.getRGB(1, 1), "beyond the range is clipped");
  }

  @Test
  void colourChannelsAreRedGreenBlue() {
    BufferedImage image = Pixels.of(new float[] {1, 0, -1}, 3, 1, 1).image(0, -1, 1);
    assertEquals(0xFFFF8000, image.getRGB(0, 0));
  }

  @Test
  void gridShowsAColourPhotographPixelForPixel() throws IOException {
    Path data = Path.of("src", "test", "resources", "data");
    LabelledImages photographs = Cifar10.test(DataCache.at(data)).take(3);
    try (Scope scope = Scope.open()) {
      BufferedImage sheet =
          decode(Images.grid("Three photographs", photographs.images()).scale(1).picture());
      for (int i = 0; i < 3; i++) {
        assertTrue(shows(sheet, photographs.pixels(i)), "photograph " + i);
        byte[] swapped = photographs.pixels(i);
        System.arraycopy(photographs.pixels(i), 0, swapped, 2048, 1024);
        System.arraycopy(photographs.pixels(i), 2048, swapped, 0, 1024);
        assertFalse(shows(sheet, swapped), "red and blue exchanged in photograph " + i);
      }
    }
  }

  /** Too many colours to store each: what is chosen instead must not be far from any of them. */
  @Test
  void manyPhotographsKeepTheirColours() throws IOException {
    Path data = Path.of("src", "test", "resources", "data");
    BufferedImage sheet = new BufferedImage(640, 64, BufferedImage.TYPE_INT_RGB);
    try (Scope scope = Scope.open()) {
      Pixels photographs = Images.pixels(Cifar10.test(DataCache.at(data)).images());
      for (int i = 0; i < 20; i++) {
        sheet.createGraphics().drawImage(photographs.image(i, -1, 1), 32 * i, 0, 32, 64, null);
      }
    }
    byte[] grey = Png.ofImages(sheet, false);
    byte[] coloured = Png.ofImages(sheet, true);
    assertTrue(coloured.length < 60_000, "bytes: " + coloured.length);
    assertTrue(meanDistance(sheet, coloured) < 6, "256 colours: " + meanDistance(sheet, coloured));
    assertTrue(meanDistance(sheet, grey) > 12, "the 16 of a sheet of grey images are too few");
  }

  /** The mean over pixels and channels of the distance of two pictures, in levels of 256. */
  private static double meanDistance(BufferedImage exact, byte[] png) throws IOException {
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(png));
    double sum = 0;
    for (int y = 0; y < exact.getHeight(); y++) {
      for (int x = 0; x < exact.getWidth(); x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          int difference =
              (shown.getRGB(x, y) >> shift & 0xff) - (exact.getRGB(x, y) >> shift & 0xff);
          sum += Math.abs(difference);
        }
      }
    }
    return sum / (3.0 * exact.getWidth() * exact.getHeight());
  }

  /** Whether a square of the sheet has exactly these bytes: 32 x 32 red, then green, then blue. */
  private static boolean shows(BufferedImage sheet, byte[] planes) {
    int[] expected = new int[1024];
    for (int p = 0; p < 1024; p++) {
      expected[p] =
          0xff000000
              | (planes[p] & 0xff) << 16
              | (planes[1024 + p] & 0xff) << 8
              | planes[2048 + p] & 0xff;
    }
    for (int y = 0; y <= sheet.getHeight() - 32; y++) {
      for (int x = 0; x <= sheet.getWidth() - 32; x++) {
        if (sheet.getRGB(x, y) == expected[0]
            && Arrays.equals(expected, sheet.getRGB(x, y, 32, 32, null, 0, 32))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void brokenPixelsAreMarkedAndTold() {
    String alt = Images.grid("B", new float[] {Float.NaN, 0, 0, 0}, 2, 2).picture().alt();
    assertTrue(alt.contains("1 value NaN (red) or infinite."), alt);
  }

  @Test
  void wrongShapesAndCaptionsNameWhatWasExpected() {
    assertMessage(
        "images must have 1 or 3 channels, but have 2",
        () -> Images.grid("G", new float[8], 1, 2, 2, 2));
    assertMessage(
        "images of shape (1, 1, 2, 2) must have 4 values, but have 3",
        () -> Images.grid("G", new float[3], 1, 1, 2, 2));
    assertMessage(
        "texts must be as many as the images (1), but are 2",
        () -> Images.grid("G", new float[4], 1, 1, 2, 2).captions("a", "b"));
    assertMessage(
        "images of step 'b' must be 1 of 2 by 2 pixels like the first, but are 1 of 1 by 4",
        () -> Images.filmStrip("F").step("a", new float[4], 2, 2).step("b", new float[4], 4, 1));
    assertMessage(
        "images of frame 'b' must be 1 of 2 by 2 pixels like the first, but are 2 of 2 by 1",
        () ->
            Images.animation("A")
                .frame("a", new float[4], 2, 2)
                .frame("b", new float[4], 2, 1, 1, 2));
  }

  @Test
  void filmStripNamesItsFirstAndLastStep() throws IOException {
    Picture picture = Gallery.filmStrip().picture();
    assertTrue(picture.alt().contains("8 steps with 3 images each, from t = 1000 to t = 0"));
    assertEquals(2 * picture.width(), decode(picture).getWidth());
    assertTrue(picture.width() <= 900, "fits a page");
  }

  @Test
  void marksFrameTheirImagesInTheColourOfTheLegend() throws IOException {
    FilmStrip strip = Images.filmStrip("F").scale(20);
    for (int step = 0; step < 4; step++) {
      strip.step("t" + step, new float[8], 2, 1, 2, 2);
    }
    int plain = count(decode(strip.picture()), Theme.colour(1));
    Picture marked =
        strip.mark("past", 0, 0, 2).mark("predicted", 0, 2, 4).mark("predicted", 1, 0, 4).picture();
    BufferedImage image = decode(marked);
    assertEquals(0, plain);
    int past = count(image, Theme.colour(0));
    int predicted = count(image, Theme.colour(1));
    assertTrue(past > 2 * 4 * 40 * 3, "two images framed: " + past);
    assertTrue(predicted > 1.2 * past, "six dashed frames: " + predicted + " and " + past);
    assertEquals(0, count(image, Theme.colour(2)));
    assertTrue(marked.alt().contains("Framed: past, predicted."), marked.alt());
    Picture moving =
        Images.animation("A")
            .frame("a", new float[8], 2, 1, 2, 2)
            .frame("b", new float[8], 2, 1, 2, 2)
            .captions("true", "made")
            .mark("past", 1, 0, 1)
            .picture();
    assertTrue(moving.alt().contains("Framed: past."), moving.alt());
  }

  private static int count(BufferedImage image, Color colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void marksOutsideThePictureAreNamed() {
    assertMessage(
        "mark 'past' must lie within 2 images and 1 steps, but is of image 2 up to step 0",
        () ->
            Images.filmStrip("F")
                .step("a", new float[8], 2, 1, 2, 2)
                .mark("past", 2, 0, 1)
                .picture());
    assertMessage(
        "mark 'past' needs image >= 0 and 0 <= from < to, but came image 0, from 3, to 3",
        () -> Images.filmStrip("F").mark("past", 0, 3, 3));
    assertMessage(
        "captions must be as many as the images of a frame (2), but are 1",
        () -> Images.animation("A").frame("a", new float[8], 2, 1, 2, 2).captions("one").picture());
  }

  @Test
  void videoOfABatchIsAColumnForEachFrame() {
    try (Scope scope = Scope.open()) {
      NDArray videos = Tensors.of(Gallery.blobs(10, 1, 8, 3), new Shape(2, 5, 1, 8, 8));
      FilmStrip strip = Images.filmStrip("F").video(6, videos);
      assertEquals(5, strip.size());
      assertTrue(strip.picture().alt().contains("from 6 to 10"));
      assertTrue(Images.animation("A").video(1, videos).picture().alt().contains("frame 5"));
    }
  }

  @Test
  void animationHasAllFramesRepeatsForEverAndIsSmall() throws IOException {
    Picture picture = Gallery.animation().picture();
    byte[] gif = picture.gif().orElseThrow();
    assertTrue(gif.length <= Animation.LIMIT);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      assertEquals(21, reader.getNumImages(true));
      assertEquals(picture.width(), reader.read(0).getWidth());
      assertEquals(picture.height(), reader.read(0).getHeight());
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
      NodeList loops = root.getElementsByTagName("ApplicationExtension");
      IIOMetadataNode loop = (IIOMetadataNode) loops.item(0);
      assertEquals("NETSCAPE", loop.getAttribute("applicationID"));
      byte[] count = (byte[]) loop.getUserObject();
      assertEquals(0, count[1] | count[2], "0 repetitions mean for ever");
      IIOMetadataNode control =
          (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
      assertEquals("12", control.getAttribute("delayTime"), "hundredths of a second");
    } finally {
      reader.dispose();
    }
  }

  @Test
  void animationShowsTheLastFrameAfterTheHolesAreFilled() throws IOException {
    Animation animation = Images.animation("Two").scale(8);
    animation.frame("a", new float[] {-1, 1}, 1, 2).frame("b", new float[] {-1, -1}, 1, 2);
    Picture picture = animation.picture();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(
        ImageIO.createImageInputStream(new ByteArrayInputStream(picture.gif().orElseThrow())));
    BufferedImage film =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    film.createGraphics().drawImage(reader.read(0), 0, 0, null);
    film.createGraphics().drawImage(reader.read(1), 0, 0, null);
    BufferedImage poster = decode(picture);
    for (int y = 0; y < film.getHeight(); y++) {
      for (int x = 0; x < film.getWidth(); x++) {
        assertEquals(poster.getRGB(x, y), film.getRGB(x, y), x + ", " + y);
      }
    }
    reader.dispose();
  }

  @Test
  void animationThatCannotBeSmallEnoughSaysSo() {
    Random random = new Random(4);
    Animation animation = Images.animation("Noise").scale(1);
    for (int i = 0; i < 60; i++) {
      float[] noise = new float[128 * 128];
      for (int j = 0; j < noise.length; j++) {
        noise[j] = random.nextFloat() * 2 - 1;
      }
      animation.frame("frame " + i, noise, 128, 128);
    }
    String message = assertThrows(IllegalArgumentException.class, animation::picture).getMessage();
    assertTrue(message.startsWith("Animation 'Noise' must take at most 120 kB, but takes "));
    assertTrue(message.contains("(now 60)"), message);
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
