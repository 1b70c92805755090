package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class MovingDigitsTest {
  private static final LabelledImages DIGITS = digits();
  private static final StochasticMovingMnist STOCHASTIC = new StochasticMovingMnist(DIGITS, 2, 64);
  private static final MovingMnist MIRRORED = new MovingMnist(DIGITS, 2, 64);

  /** Five "digits" of different grey in every pixel. */
  private static LabelledImages digits() {
    byte[] pixels = new byte[5 * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 % 251);
    }
    return new LabelledImages("digits", 5, 1, 28, 28, pixels, new byte[] {0, 1, 2, 3, 4});
  }

  private static float[] floats(NDArray array) {
    return array.toFloatArray();
  }

  @Test
  void clipsRepeatAndDoNotDependOnTheBatch() {
    for (ClipSource source : new ClipSource[] {STOCHASTIC, MIRRORED}) {
      try (Scope scope = Scope.open()) {
        NDArray four = source.batch(3, 7, 4, 6);
        NDArray two = source.batch(3, 7, 2, 6);
        assertEquals(new Shape(4, 6, 1, 64, 64), four.getShape());
        assertArrayEquals(floats(four.get("0:2")), floats(two));
        assertArrayEquals(floats(four), floats(source.batch(3, 7, 4, 6)));
        assertArrayEquals(floats(four.get(":, 0:4")), floats(source.batch(3, 7, 4, 4)));
        assertFalse(Arrays.equals(floats(four), floats(source.batch(3, 8, 4, 6))));
        assertFalse(Arrays.equals(floats(four), floats(source.batch(4, 7, 4, 6))));
        assertFalse(Arrays.equals(floats(four.get(0)), floats(four.get(1))));
      }
    }
  }

  @Test
  void clipNumberIOfStepZeroIsTheClip() {
    try (Scope scope = Scope.open()) {
      assertArrayEquals(
          floats(STOCHASTIC.batch(9, 0, 3, 5).get(2)), floats(STOCHASTIC.clip(9, 2, 5)));
      assertArrayEquals(floats(MIRRORED.batch(9, 0, 3, 5).get(2)), floats(MIRRORED.clip(9, 2, 5)));
    }
  }

  @Test
  void smallerFramesAreMeansOverSquares() {
    for (int side : new int[] {32, 16}) {
      try (Scope scope = Scope.open()) {
        NDArray small = new StochasticMovingMnist(DIGITS, 2, side).batch(1, 2, 3, 4);
        int block = 64 / side;
        NDArray large = STOCHASTIC.batch(1, 2, 3, 4);
        NDArray mean =
            large
                .reshape(3, 4, 1, side, block, side, block)
                .mean(new int[] {6})
                .mean(new int[] {4});
        assertArrayEquals(floats(mean), floats(small), 2e-6f);
      }
    }
  }

  /** The rules of the walls, read off the places of the digits. */
  @Test
  void stochasticDigitsFollowTheRules() {
    int touches = 0;
    int[] speeds = new int[9];
    for (int index = 0; index < 200; index++) {
      int[][][] paths = STOCHASTIC.paths(5, index, 30);
      assertEquals(2, paths.length);
      for (int[][] path : paths) {
        for (int t = 0; t < 30; t++) {
          assertTrue(path[t][0] >= 0 && path[t][0] < 32 && path[t][1] >= 0 && path[t][1] < 32);
        }
        speeds[path[1][0] - path[0][0] + 4]++;
        for (int t = 1; t < 29; t++) {
          touches += checkStep(path[t - 1], path[t], path[t + 1]);
        }
      }
    }
    assertTrue(touches > 500, touches + " touches");
    for (int speed : speeds) {
      // 400 first steps over 9 speeds: 44 each, a few cut short by a wall; 5 standard deviations.
      assertEquals(44, speed, 33);
    }
  }

  /** 1 when the middle place is at a wall that was hit. */
  private static int checkStep(int[] before, int[] now, int[] after) {
    boolean inside = true;
    for (int axis = 0; axis < 2; axis++) {
      int speed = after[axis] - now[axis];
      assertTrue(Math.abs(speed) <= 4, "speed " + speed);
      inside &= now[axis] > 0 && now[axis] < 31;
    }
    if (inside && after[0] > 0 && after[0] < 31 && after[1] > 0 && after[1] < 31) {
      assertEquals(now[0] - before[0], after[0] - now[0]);
      assertEquals(now[1] - before[1], after[1] - now[1]);
    }
    return inside ? 0 : 1;
  }

  @Test
  void aTouchedWallIsLeft() {
    // Alone along one axis: after a place cut at the wall the next speed points away from it.
    int left = 0;
    for (int index = 0; index < 300; index++) {
      int[][] path = STOCHASTIC.paths(6, index, 20)[0];
      for (int t = 2; t < 19; t++) {
        int speed = path[t - 1][1] - path[t - 2][1];
        boolean hit = speed < 0 && path[t - 1][1] + speed < 0 && path[t - 1][1] > 0;
        if (hit && path[t][1] == 0) {
          int next = path[t + 1][1] - path[t][1];
          assertTrue(next >= 1 && next <= 4, "speed " + next + " after the wall");
          left++;
        }
      }
    }
    assertTrue(left > 50, left + " walls");
  }

  @Test
  void mirroredDigitsKeepTheirSpeed() {
    for (int index = 0; index < 100; index++) {
      for (int[][] path : MIRRORED.paths(5, index, 40)) {
        double down = largestStep(path, 0);
        double across = largestStep(path, 1);
        // A tenth of the range of 36 pixels; whole pixels are wrong by less than one.
        assertEquals(3.6, Math.hypot(down, across), 1.5);
        for (int[] place : path) {
          assertTrue(place[0] >= 0 && place[0] <= 36 && place[1] >= 0 && place[1] <= 36);
        }
      }
    }
  }

  private static int largestStep(int[][] path, int axis) {
    int largest = 0;
    for (int t = 1; t < path.length; t++) {
      largest = Math.max(largest, Math.abs(path[t][axis] - path[t - 1][axis]));
    }
    return largest;
  }

  @Test
  void framesShowTheDigitsWhereTheyAre() {
    assertDrawn(STOCHASTIC.clip(8, 1, 6), STOCHASTIC.paths(8, 1, 6), 32, (a, b) -> a + b);
    assertDrawn(MIRRORED.clip(8, 1, 6), MIRRORED.paths(8, 1, 6), 28, Math::max);
  }

  /** Some pair of the five digits, pasted by doubles, must give the frames. */
  private static void assertDrawn(
      NDArray clip, int[][][] paths, int size, BiFunction<Double, Double, Double> join) {
    float[] came = floats(clip);
    double nearest = Double.MAX_VALUE;
    for (int first = 0; first < 5; first++) {
      for (int second = 0; second < 5; second++) {
        double[][] sprites = {enlarged(first, size), enlarged(second, size)};
        double worst = 0;
        for (int p = 0; p < came.length; p++) {
          double a = value(sprites[0], paths[0][p / 4096], p % 4096, size);
          double b = value(sprites[1], paths[1][p / 4096], p % 4096, size);
          double expected = 2 * Math.min(1, join.apply(a, b) / 255) - 1;
          worst = Math.max(worst, Math.abs(expected - came[p]));
        }
        nearest = Math.min(nearest, worst);
      }
    }
    // Each digit is rounded to grey levels twice.
    assertTrue(nearest < (size == 28 ? 1e-6 : 2 * 2.0 / 255 + 1e-6), "off by " + nearest);
  }

  private static double value(double[] sprite, int[] corner, int pixel, int size) {
    int r = pixel / 64 - corner[0];
    int c = pixel % 64 - corner[1];
    return r < 0 || c < 0 || r >= size || c >= size ? 0 : sprite[r * size + c];
  }

  /** Bilinear interpolation between pixel centres, in doubles. */
  private static double[] enlarged(int digit, int size) {
    byte[] image = DIGITS.pixels(digit);
    double[] large = new double[size * size];
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double y = Math.min(27, Math.max(0, (r + 0.5) * 28 / size - 0.5));
        double x = Math.min(27, Math.max(0, (c + 0.5) * 28 / size - 0.5));
        for (int i = 0; i < 28; i++) {
          for (int k = 0; k < 28; k++) {
            double weight = Math.max(0, 1 - Math.abs(y - i)) * Math.max(0, 1 - Math.abs(x - k));
            large[r * size + c] += weight * (image[i * 28 + k] & 0xff);
          }
        }
      }
    }
    return large;
  }

  @Test
  void futuresShareTheirStartAndPartLater() {
    try (Scope scope = Scope.open()) {
      int parted = 0;
      for (int index = 0; index < 10; index++) {
        NDArray futures = STOCHASTIC.continuations(2, index, 5, 30, 3);
        assertEquals(new Shape(3, 30, 1, 64, 64), futures.getShape());
        assertArrayEquals(floats(futures.get(0)), floats(STOCHASTIC.clip(2, index, 30)));
        for (int other = 1; other < 3; other++) {
          NDArray difference = futures.get(other).sub(futures.get(0)).abs();
          assertEquals(0, difference.get("0:5").max().getFloat());
          parted += difference.get("29").max().getFloat() > 0 ? 1 : 0;
        }
      }
      assertTrue(parted >= 19, parted + " of 20 parted");
    }
  }

  @Test
  void releasedTestDigitsAreTheFirst256() {
    byte[] pixels = new byte[300 * 784];
    LabelledImages test = new LabelledImages("digits", 10, 1, 28, 28, pixels, new byte[300]);
    assertEquals(256, StochasticMovingMnist.releasedTestDigits(test).size());
    assertEquals(5, StochasticMovingMnist.releasedTestDigits(DIGITS).size());
  }

  /** A training that goes on compares these texts: they must not change from run to run. */
  @Test
  void theTextsSayWhatTheClipsAreMadeOf() {
    assertEquals(
        "Stochastic Moving MNIST, 2 moving of digits: 5 images of 28 x 28, frames of 64 x 64",
        STOCHASTIC.toString());
    assertEquals(
        "Moving MNIST, 2 moving of digits: 5 images of 28 x 28, frames of 64 x 64",
        MIRRORED.toString());
  }

  @Test
  void badArgumentsAreNamed() {
    assertMessage("side must divide 64, but is 24", () -> new MovingMnist(DIGITS, 1, 24));
    assertMessage("digitsPerClip", () -> new StochasticMovingMnist(DIGITS, 0, 64));
    assertMessage("28 x 28", () -> new MovingMnist(DIGITS.padTo(32), 1, 64));
    assertMessage("frames must be at least 1, but is 0", () -> STOCHASTIC.batch(0, 0, 1, 0));
    assertMessage("batch must be at least 1", () -> STOCHASTIC.batch(0, 0, 0, 1));
    assertMessage("step must not be negative", () -> MIRRORED.batch(0, -1, 1, 1));
    assertMessage("shared must be at least 2", () -> STOCHASTIC.continuations(0, 0, 1, 5, 2));
    assertMessage("count must be at least 1", () -> STOCHASTIC.continuations(0, 0, 2, 5, 0));
  }

  private static void assertMessage(String part, Runnable action) {
    var error = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
