package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkingClipsTest {
  private static final int ROWS = 96;
  private static final int COLUMNS = 128;

  /** Quiet noise, over which from frame 10 a white block moves to the right in the top left. */
  private static final List<VideoFrame> FILM = film();

  @TempDir Path directory;

  private static List<VideoFrame> film() {
    Random random = new Random(3);
    List<VideoFrame> film = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      byte[] frame = new byte[ROWS * COLUMNS];
      for (int p = 0; p < frame.length; p++) {
        frame[p] = (byte) (100 + random.nextInt(10));
      }
      for (int r = 8; t >= 10 && r < 30; r++) {
        int left = r * COLUMNS + 2 * (t - 10);
        Arrays.fill(frame, left, left + 12, (byte) 255);
      }
      film.add(new VideoFrame(1, ROWS, COLUMNS, frame));
    }
    return film;
  }

  private static WalkingClips clips(int side, boolean mirror) {
    return new WalkingClips(new MovingWindows(FILM, 0, 60), side, mirror);
  }

  @Test
  void windows_areThoseWithMotionFromTheStart() {
    MovingWindows windows = new MovingWindows(FILM, 5, 55);
    List<MovingWindows.Window> chosen = windows.ofLength(20);
    List<MovingWindows.Window> expected = new ArrayList<>();
    for (int start = 5; start + 20 <= 55; start += 5) {
      for (int row = 0; row <= ROWS - 64; row += 16) {
        for (int column = 0; column <= COLUMNS - 64; column += 16) {
          double beginning = motion(start, 5, row, column);
          double whole = motion(start, 20, row, column);
          var window = new MovingWindows.Window(start, row, column);
          assertEquals(whole, windows.motion(window, 20), 1e-12);
          if (beginning > 0.02 && whole > 0.02) {
            expected.add(window);
          }
        }
      }
    }
    assertEquals(expected, chosen);
    assertFalse(chosen.isEmpty());
    assertTrue(chosen.stream().allMatch(w -> w.start() >= 10 && w.row() <= 16));
  }

  private static double motion(int start, int frames, int row, int column) {
    int changed = 0;
    for (int t = start + 1; t < start + frames; t++) {
      byte[] last = FILM.get(t - 1).window(row, column, 64, 64).pixels();
      byte[] next = FILM.get(t).window(row, column, 64, 64).pixels();
      for (int p = 0; p < 4096; p++) {
        changed += Math.abs((last[p] & 0xff) - (next[p] & 0xff)) > 12 ? 1 : 0;
      }
    }
    return changed / (4096.0 * (frames - 1));
  }

  @Test
  void batch_repeats_andDoesNotDependOnItsSize() {
    try (Scope scope = Scope.open()) {
      WalkingClips clips = clips(64, true);
      NDArray five = clips.batch(1, 2, 5, 20);
      assertEquals(new Shape(5, 20, 1, 64, 64), five.getShape());
      assertArrayEquals(five.get("0:2").toFloatArray(), clips.batch(1, 2, 2, 20).toFloatArray());
      assertArrayEquals(five.toFloatArray(), clips(64, true).batch(1, 2, 5, 20).toFloatArray());
      assertFalse(Arrays.equals(five.toFloatArray(), clips.batch(1, 3, 5, 20).toFloatArray()));
    }
  }

  @Test
  void batch_isCutOutOfTheFilm() {
    try (Scope scope = Scope.open()) {
      float[] clip = clips(64, false).batch(1, 2, 1, 20).toFloatArray();
      int found = 0;
      for (MovingWindows.Window w : new MovingWindows(FILM, 0, 60).ofLength(20)) {
        List<VideoFrame> frames =
            FILM.subList(w.start(), w.start() + 20).stream()
                .map(f -> f.window(w.row(), w.column(), 64, 64))
                .toList();
        float[] expected = VideoFrame.clip(frames).toFloatArray();
        found += nearest(expected, clip) < 1e-6 ? 1 : 0;
      }
      assertEquals(1, found);
    }
  }

  private static double nearest(float[] a, float[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  @Test
  void batch_smallSide_isTheMeanOfSquares() {
    try (Scope scope = Scope.open()) {
      NDArray large = clips(64, true).batch(1, 0, 3, 6).reshape(3, 6, 1, 32, 2, 32, 2);
      NDArray mean = large.mean(new int[] {6}).mean(new int[] {4});
      assertArrayEquals(
          mean.toFloatArray(), clips(32, true).batch(1, 0, 3, 6).toFloatArray(), 2e-6f);
    }
  }

  @Test
  void batch_mirror_turnsAboutHalfOfTheClips() {
    try (Scope scope = Scope.open()) {
      NDArray turned = clips(16, true).batch(7, 0, 60, 10);
      NDArray straight = clips(16, false).batch(7, 0, 60, 10);
      int same = 0;
      int mirrored = 0;
      for (int i = 0; i < 60; i++) {
        float[] a = turned.get(i).toFloatArray();
        same += nearest(a, straight.get(i).toFloatArray()) == 0 ? 1 : 0;
        mirrored += nearest(a, straight.get(i).flip(3).toFloatArray()) == 0 ? 1 : 0;
      }
      assertEquals(60, same + mirrored);
      // 60 coins: four standard deviations are 15.5.
      assertEquals(30, mirrored, 15);
    }
  }

  @Test
  void text_saysWhatTheClipsAre() {
    assertEquals("walking people, mirrored by chance, 32 x 32", clips(32, true).toString());
  }

  @Test
  void badArguments_areNamed() {
    assertMessage("side must divide 64, but is 48", () -> clips(48, true));
    assertMessage("frames must be 1 to 60, but is 61", () -> clips(64, true).batch(0, 0, 1, 61));
    assertMessage("frames must be 1 to 60, but is 0", () -> clips(64, true).batch(0, 0, 1, 0));
    assertMessage("batch must be at least 1", () -> clips(64, true).batch(0, 0, 0, 5));
    assertMessage("step must not be negative", () -> clips(64, true).batch(0, -1, 1, 5));
    MovingWindows still = new MovingWindows(FILM, 0, 10);
    assertMessage("no clip of 5 frames has motion", () -> still.ofLength(5));
  }

  private static void assertMessage(String part, Runnable action) {
    var error = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void find_noFilm_isEmpty_andReadSaysHowToFetchIt() {
    DataCache cache = DataCache.at(directory);
    assertTrue(WalkingClips.find(cache, true, 32).isEmpty());
    var error = assertThrows(MissingDataException.class, () -> WalkingClips.read(cache, true, 32));
    assertTrue(error.getMessage().contains("fetch walking"), error.getMessage());
  }

  @Test
  void read_anotherFilmOrNone_isDamaged() throws Exception {
    Path path = Files.createDirectories(directory.resolve("walking")).resolve("vtest.avi");
    List<byte[]> frames = Collections.nCopies(3, new byte[192 * 192]);
    Films.lossless(path, 192, 192, frames);
    assertDamaged("expected 795 frames of 768 x 576, found 3 of 192 x 192");
    Files.writeString(path, "no film");
    assertDamaged("vtest.avi cannot be read");
  }

  private void assertDamaged(String part) {
    DataCache cache = DataCache.at(directory);
    var error = assertThrows(UncheckedIOException.class, () -> WalkingClips.read(cache, true, 32));
    assertTrue(error.getMessage().contains(part), error.getMessage());
    assertTrue(error.getMessage().contains("fetch walking"), error.getMessage());
  }

  @Test
  void theFilm_whenItIsThere_hasItsClips() {
    Optional<WalkingClips> clips = WalkingClips.find(false, 32);
    assumeTrue(clips.isPresent(), "the film was not fetched");
    assertEquals(1932, clips.orElseThrow().count(20));
    assertEquals(new Shape(2, 20, 1, 32, 32), clips.get().batch(1, 0, 2, 20).getShape());
  }
}
