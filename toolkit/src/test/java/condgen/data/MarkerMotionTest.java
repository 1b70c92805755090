package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample is the head and the first four frames of the marker file of assimp's test models
 * (recorded 2008, free for any purpose); the array beside it is what NumPy read of it.
 */
class MarkerMotionTest {
  private static final Path SAMPLES = Path.of("src/test/resources/data/motion");

  private static final String SMALL =
      """
      $Filename small.csm

      $Rate 60
      $Order
      A B
      C

      $Points
      7 1 2 3 DROPOUT 4 5 6
      8 1 2 3 -7e2 8 9 4 5 6
      """;

  @TempDir Path directory;

  private MarkerMotion read(String text) throws IOException {
    return MarkerMotion.read(Files.writeString(directory.resolve("a.csm"), text));
  }

  @Test
  void sample_isWhatNumPyRead() throws IOException {
    MarkerMotion motion = MarkerMotion.read(SAMPLES.resolve("markers_excerpt.csm"));
    double[] rows = Npy.read(SAMPLES.resolve("markers_excerpt.npy")).doubles();
    assertEquals(43, motion.markers().size());
    assertEquals("LFHD", motion.markers().get(0));
    assertEquals("RMT5", motion.markers().get(42));
    assertEquals(120, motion.rate());
    assertEquals(4, motion.frames());
    assertEquals(rows[0], motion.firstFrame());
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(Arrays.copyOfRange(rows, 130 * i + 1, 130 * (i + 1)), motion.frame(i));
    }
  }

  @Test
  void aMarkerOutOfSight_isNaN() throws IOException {
    MarkerMotion motion = read(SMALL);
    assertEquals(List.of("A", "B", "C"), motion.markers());
    assertEquals(7, motion.firstFrame());
    assertEquals(2, motion.frames());
    double nan = Double.NaN;
    assertArrayEquals(new double[] {1, 2, 3, nan, nan, nan, 4, 5, 6}, motion.frame(0));
    assertArrayEquals(new double[] {1, 2, 3, -700, 8, 9, 4, 5, 6}, motion.frame(1));
    assertThrows(IllegalArgumentException.class, () -> motion.frame(2));
  }

  @ParameterizedTest
  @CsvSource({
    "$Rate 60, $Rate 0, a positive $Rate",
    "$Rate 60, , a positive $Rate",
    "$Rate 60, $Rate fast, a finite number",
    "$Order, $Other, names of markers",
    "$Points, $Point, $Points before the end",
    "8 1 2 3, 9 1 2 3, 'line 10: must have frame 8, but has 9'",
    "8 1 2 3, 8 1 2, 'line 10: must have 3 markers of x, y, z, but has only 2'",
    "8 1 2 3, 8 1 2 3 4, '3 markers of x, y, z, but has 1 more'",
    "-7e2, Infinity, a finite number",
    "DROPOUT, DROPOUT DROPOUT DROPOUT, '3 markers of x, y, z, but has 4 more'"
  })
  void damage_isTold(String from, String to, String expected) {
    assertTrue(SMALL.contains(from));
    String text = SMALL.replace(from, to == null ? "" : to);
    String message = assertThrows(DamagedDataException.class, () -> read(text)).getMessage();
    assertTrue(message.contains("a.csm, line ") && message.contains(expected), message);
    String none = SMALL.substring(0, SMALL.indexOf("7 1 2"));
    assertThrows(DamagedDataException.class, () -> read(none));
  }
}
