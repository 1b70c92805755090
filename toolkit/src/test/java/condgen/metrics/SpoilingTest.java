package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames are numbered by their grey level, so that order can be read off. */
class SpoilingTest {

  private static final int FRAMES = 12;

  private static NDArray numbered() {
    float[] values = new float[3 * FRAMES * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 4 % FRAMES * 0.01f + i / 4 / FRAMES * 0.2f;
    }
    return Tensors.of(values, new Shape(3, FRAMES, 1, 2, 2));
  }

  /** Which frame of which clip (100 times its number) stands where in clip 1. */
  private static int[] frames(Spoiling spoiling, long seed) {
    return Scope.call(
        () -> {
          double[] values = Tensors.toDoubles(spoiling.of(numbered(), seed).get("1, :, 0, 0, 0"));
          return Arrays.stream(values)
              .mapToInt(v -> (int) Math.round(v * 100))
              .map(v -> v / 20 * 100 + v % 20)
              .toArray();
        });
  }

  @Test
  void order_isWhatTheNameSays() {
    int[] straight = frames(Spoiling.NONE, 1);
    assertEquals(100, straight[0]);
    assertEquals(111, straight[11]);
    int[] reversed = frames(Spoiling.REVERSED, 1);
    int[] shuffled = frames(Spoiling.SHUFFLED, 1);
    int[] frozen = frames(Spoiling.FROZEN, 1);
    int[] stuttering = frames(Spoiling.STUTTERING, 1);
    int[] spliced = frames(Spoiling.SPLICED, 1);
    for (int i = 0; i < FRAMES; i++) {
      assertEquals(straight[FRAMES - 1 - i], reversed[i]);
      assertEquals(Math.min(straight[i], frozen[11]), frozen[i]);
      assertTrue(stuttering[i] == straight[i] || stuttering[i] == stuttering[i - 1]);
      assertTrue(spliced[i] == straight[i] || spliced[i] == straight[i] + 100);
    }
    assertTrue(frozen[11] < 100 + FRAMES / 2);
    assertTrue(spliced[11] > 200);
    assertNotEquals(Arrays.toString(straight), Arrays.toString(shuffled));
    Arrays.sort(shuffled);
    assertArrayEquals(straight, shuffled);
    assertArrayEquals(frames(Spoiling.SHUFFLED, 7), frames(Spoiling.SHUFFLED, 7));
  }

  @Test
  void noiseAndSquares_areWhatTheyShouldBe() {
    Scope.run(
        () -> {
          NDArray clips = Seeds.of(3).uniform(0, -1, 1, new Shape(20, 4, 1, 16, 16)).mul(0.1);
          NDArray noisy = Spoiling.NOISY.of(clips, 5);
          double error = Math.sqrt(Tensors.item(noisy.sub(clips).square().mean()));
          // Root mean square of deviations uniform in 0.1 to 0.5: 0.32; 20 draws vary by 0.03.
          assertEquals(0.32, error, 0.09);
          NDArray coarse = Spoiling.COARSE.of(clips, 5);
          assertEquals(
              0, Tensors.item(Spoiling.COARSE.of(coarse, 1).sub(coarse).abs().max()), 1e-7);
          double first = Tensors.item(clips.get("0, 0, 0, 0:2, 0:2").mean());
          assertEquals(first, Tensors.item(coarse.get("0, 0, 0, 1, 1")), 1e-7);
        });
  }

  @Test
  void badInput_isRefused() {
    Scope.run(
        () -> {
          refuses("2 frames", () -> Spoiling.REVERSED.of(numbered().get(":, 0:1"), 1));
          refuses("2 or more", () -> Spoiling.SPLICED.of(numbered().get("0:1"), 1));
          refuses("even", () -> Spoiling.COARSE.of(numbered().get(":, :, :, 0:1"), 1));
        });
  }

  private static void refuses(String message, Runnable call) {
    String came = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(came.contains(message), came);
  }
}
