package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.thesis.Equation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageComplexityTest {
  private static final int SIDE = 32;
  private final ImageComplexity complexity = new ImageComplexity(1, SIDE, SIDE);

  @Test
  void noiseNeedsAllBits_aConstantAlmostNone() {
    byte[] noise = new byte[SIDE * SIDE];
    new Random(1).nextBytes(noise);
    assertTrue(complexity.bitsPerDimension(noise) >= 8);
    assertTrue(complexity.bitsPerDimension(noise) < 8.5);
    assertTrue(complexity.bitsPerDimension(new byte[SIDE * SIDE]) < 0.5);
    assertEquals(3, complexity.lengths(noise).size());
  }

  @Test
  void colourIsOrderedByChannel() {
    byte[] red = new byte[3 * SIDE * SIDE];
    Arrays.fill(red, 0, SIDE * SIDE, (byte) 255);
    assertTrue(new ImageComplexity(3, SIDE, SIDE).bitsPerDimension(red) < 0.3);
    assertThrows(IllegalArgumentException.class, () -> complexity.lengths(red));
  }

  /**
   * Toy pictures under an independent Laplace model of neighbouring differences: smooth pictures of
   * another kind get fewer bits than the data, so bpd alone takes them for familiar; S does not.
   */
  @Test
  @Equation("4.7.1")
  void smoothOutliers_areMissedByBitsAndFoundByTheScore() {
    Random random = new Random(2);
    int n = 200;
    double[] bitsInside = new double[n];
    double[] scoreInside = new double[n];
    double[] bitsOutside = new double[n];
    double[] scoreOutside = new double[n];
    for (int i = 0; i < n; i++) {
      byte[] data = walk(random, 12);
      byte[] smooth = walk(random, 2);
      bitsInside[i] = laplaceBits(data, 12);
      bitsOutside[i] = laplaceBits(smooth, 12);
      scoreInside[i] = ImageComplexity.score(bitsInside[i], complexity.bitsPerDimension(data));
      scoreOutside[i] = ImageComplexity.score(bitsOutside[i], complexity.bitsPerDimension(smooth));
    }
    assertTrue(RocArea.of(bitsInside, bitsOutside).area() < 0.05);
    assertTrue(RocArea.of(scoreInside, scoreOutside).area() > 0.95);
  }

  /** Rows in which neighbours differ by Laplace steps of a scale. */
  private static byte[] walk(Random random, double scale) {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int r = 0; r < SIDE; r++) {
      double value = 128;
      for (int c = 0; c < SIDE; c++) {
        double u = random.nextDouble() - 0.5;
        value += -scale * Math.signum(u) * Math.log(1 - 2 * Math.abs(u));
        value = Math.max(0, Math.min(255, value));
        pixels[r * SIDE + c] = (byte) Math.round(value);
      }
    }
    return pixels;
  }

  private static double laplaceBits(byte[] pixels, double scale) {
    double bits = 0;
    int before = 128;
    for (int i = 0; i < pixels.length; i++) {
      before = i % SIDE == 0 ? 128 : before;
      int value = pixels[i] & 0xff;
      bits += (Math.log(2 * scale) + Math.abs(value - before) / scale) / Math.log(2);
      before = value;
    }
    return bits / pixels.length;
  }
}
