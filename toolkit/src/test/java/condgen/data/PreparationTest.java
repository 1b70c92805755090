package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
  private static PixelImage noise(int channels, int rows, int columns) {
    byte[] pixels = new byte[channels * rows * columns];
    new Random(rows).nextBytes(pixels);
    return PixelImage.of(channels, rows, columns, pixels);
  }

  /** A picture whose pixels say where they are: row in the first channel, column in the second. */
  private static PixelImage places(int rows, int columns) {
    byte[] pixels = new byte[2 * rows * columns];
    for (int p = 0; p < rows * columns; p++) {
      pixels[p] = (byte) (p / columns);
      pixels[rows * columns + p] = (byte) (p % columns);
    }
    return PixelImage.of(2, rows, columns, pixels);
  }

  @Test
  void digitsLieInTheMiddleAsPadToPutsThem() {
    PixelImage digit = noise(1, 28, 28);
    LabelledImages images = new LabelledImages("x", 1, 1, 28, 28, digit.pixels(), new byte[1]);
    PixelImage padded = Preparation.mnist(32).apply(digit, new SplittableRandom(1));
    assertArrayEquals(images.padTo(32).pixels(0), padded.pixels());
    assertEquals(digit, padded.window(2, 2, 28, 28));
    assertThrows(IllegalArgumentException.class, () -> digit.pad(20, 40));
  }

  @Test
  void trainingIsInAMirrorHalfOfTheTimeAndTestingNever() {
    PixelImage picture = noise(3, 32, 32);
    int mirrored = 0;
    for (int seed = 0; seed < 400; seed++) {
      PixelImage train = Preparation.cifarTraining(32).apply(picture, new SplittableRandom(seed));
      assertEquals(picture, Preparation.cifarTest(32).apply(picture, new SplittableRandom(seed)));
      mirrored += train.equals(picture.mirror()) ? 1 : 0;
      assertTrue(train.equals(picture) || train.equals(picture.mirror()));
    }
    assertEquals(200, mirrored, 60);
    assertEquals(picture, picture.mirror().mirror());
    assertEquals(picture.window(3, 30, 1, 1), picture.mirror().window(3, 1, 1, 1));
  }

  @Test
  void imageNetIsTestedOnItsMiddle() {
    PixelImage wide = noise(3, 300, 411);
    PixelImage expected =
        wide.resize(256, 350, ImageResize.BILINEAR)
            .window(16, 63, 224, 224)
            .resize(64, 64, ImageResize.BILINEAR);
    assertEquals(expected, Preparation.imageNetTest(64).apply(wide, new SplittableRandom(1)));
    PixelImage tall = noise(3, 411, 300);
    assertEquals(
        tall.resize(350, 256, ImageResize.BILINEAR).window(63, 16, 224, 224),
        Preparation.shorterSide(256)
            .then(Preparation.middle(224))
            .apply(tall, new SplittableRandom(1)));
  }

  @Test
  void aRandomPartHasTheSharesOfTheRecipe() {
    PixelImage picture = places(120, 100);
    Preparation part = Preparation.randomPart(50);
    double[] widths = new double[2000];
    for (int seed = 0; seed < widths.length; seed++) {
      PixelImage square = part.apply(picture, new SplittableRandom(seed));
      byte[] pixels = square.pixels();
      double height = ((pixels[49 * 50] & 0xff) - (pixels[0] & 0xff)) * 50 / 49.0;
      double width = ((pixels[2500 + 49] & 0xff) - (pixels[2500] & 0xff)) * 50 / 49.0;
      double share = width * height / 12000;
      assertTrue(share > 0.05 && share <= 1.05, "share " + share);
      assertEquals(0, Math.log(width / height), Math.log(4.0 / 3) + 0.12);
      widths[seed] = share;
    }
    assertEquals(0.5, Arrays.stream(widths).average().orElseThrow(), 0.05);
    PixelImage same = part.apply(picture, new SplittableRandom(9));
    assertEquals(same, part.apply(picture, new SplittableRandom(9)));
    assertNotEquals(same, part.apply(picture, new SplittableRandom(10)));
  }

  @Test
  void aPictureTooLongForTheRecipeGivesItsMiddle() {
    PixelImage ribbon = places(3, 200);
    PixelImage part = Preparation.randomPart(4).apply(ribbon, new SplittableRandom(2));
    assertEquals(ribbon.window(0, 98, 3, 4).resize(4, 4, ImageResize.BILINEAR), part);
  }

  @Test
  void onlySquarePlacesFit() {
    assertThrows(IllegalArgumentException.class, () -> noise(3, 8, 8).window(0, 1, 8, 8));
    assertThrows(IllegalArgumentException.class, () -> PixelImage.of(1, 2, 2, new byte[3]));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void shuffledPatchesAreTheSamePatchesElsewhere(int patch) {
    byte[] pixels = new byte[3 * 3072];
    new Random(8).nextBytes(pixels);
    LabelledImages images = new LabelledImages("x", 5, 3, 32, 32, pixels, new byte[] {4, 0, 2});
    LabelledImages shuffled = Unfamiliar.shuffled(images, patch, 3);
    assertArrayEquals(images.labels(), shuffled.labels());
    for (int i = 0; i < 3; i++) {
      String[] before = patches(images.pixels(i), patch);
      String[] after = patches(shuffled.pixels(i), patch);
      assertEquals(patch == 32, Arrays.equals(before, after));
      Arrays.sort(before);
      Arrays.sort(after);
      assertArrayEquals(before, after);
    }
    assertThrows(IllegalArgumentException.class, () -> Unfamiliar.shuffled(images, 5, 3));
  }

  private static String[] patches(byte[] image, int patch) {
    int across = 32 / patch;
    String[] all = new String[across * across];
    PixelImage picture = PixelImage.of(3, 32, 32, image);
    for (int k = 0; k < all.length; k++) {
      PixelImage part = picture.window(k / across * patch, k % across * patch, patch, patch);
      all[k] = Arrays.toString(part.pixels());
    }
    return all;
  }

  @Test
  void constantImagesHaveOneColourAndNoiseHasAll() {
    LabelledImages constant = Unfamiliar.constant(50, 1);
    LabelledImages noise = Unfamiliar.noise(20, 1);
    int[] seen = new int[256];
    for (int i = 0; i < 50; i++) {
      byte[] pixels = constant.pixels(i);
      for (int p = 0; p < 3072; p++) {
        assertEquals(pixels[p / 1024 * 1024], pixels[p]);
      }
    }
    assertEquals(-1, constant.label(0));
    assertNotEquals(constant.pixels(0)[0], constant.pixels(0)[1024]);
    for (int i = 0; i < 20; i++) {
      for (byte value : noise.pixels(i)) {
        seen[value & 0xff]++;
      }
    }
    double chi = 0;
    for (int count : seen) {
      chi += (count - 240) * (count - 240) / 240.0;
    }
    assertEquals(255, chi, 5 * Math.sqrt(2 * 255));
  }
}
