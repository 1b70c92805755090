package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFileTest {
  private static final int ROWS = 24;
  private static final int COLUMNS = 40;

  @TempDir Path directory;

  private static List<byte[]> noise(int frames, int bytes) {
    Random random = new Random(4);
    List<byte[]> film = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      byte[] frame = new byte[bytes];
      random.nextBytes(frame);
      film.add(frame);
    }
    return film;
  }

  private static List<VideoFrame> read(VideoFile file) throws IOException {
    List<VideoFrame> frames = new ArrayList<>();
    try (VideoStream film = file.open()) {
      for (var frame = film.next(); frame.isPresent(); frame = film.next()) {
        frames.add(frame.get());
      }
    }
    return frames;
  }

  private Path film(String name, int frames) throws Exception {
    return Films.lossless(directory.resolve(name), ROWS, COLUMNS, noise(frames, ROWS * COLUMNS));
  }

  @Test
  void open_losslessFilm_givesEveryByteInOrder() throws Exception {
    List<byte[]> frames = noise(7, ROWS * COLUMNS);
    for (String name : List.of("a.avi", "a.mkv", "a film: with äöü.avi")) {
      Path path = Films.lossless(directory.resolve(name), ROWS, COLUMNS, frames);
      List<VideoFrame> came = read(VideoFile.grey(path));
      assertEquals(7, came.size());
      for (int i = 0; i < 7; i++) {
        assertArrayEquals(frames.get(i), came.get(i).pixels(), name + " " + i);
      }
    }
  }

  @Test
  void open_knowsSizeLengthAndRate() throws Exception {
    try (VideoStream film = VideoFile.grey(film("a.avi", 6)).open()) {
      assertEquals(6, film.length().orElseThrow());
      assertEquals(10, film.frameRate(), 1e-9);
      assertEquals(List.of(1, 24, 40), List.of(film.channels(), film.rows(), film.columns()));
    }
  }

  @Test
  void open_colour_isRedThenGreenThenBlue() throws Exception {
    byte[] mixed = noise(1, 3 * ROWS * COLUMNS).get(0);
    Path path = Films.colour(directory.resolve("c.avi"), ROWS, COLUMNS, List.of(mixed, mixed));
    VideoFrame frame = read(VideoFile.colour(path)).get(1);
    assertEquals(3, frame.channels());
    byte[] planes = frame.pixels();
    for (int p = 0; p < ROWS * COLUMNS; p++) {
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(mixed[3 * p + channel], planes[channel * ROWS * COLUMNS + p]);
      }
    }
  }

  @Test
  void open_mpeg4_isNearTheFrames() throws Exception {
    List<byte[]> frames = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      byte[] frame = new byte[ROWS * COLUMNS];
      for (int p = 0; p < frame.length; p++) {
        frame[p] = (byte) (60 + 3 * (p % COLUMNS) + 5 * t);
      }
      frames.add(frame);
    }
    Path path = Films.mpeg4(directory.resolve("a.mp4"), ROWS, COLUMNS, frames);
    List<VideoFrame> came = read(VideoFile.grey(path));
    assertEquals(12, came.size());
    for (int t = 0; t < 12; t++) {
      byte[] pixels = came.get(t).pixels();
      for (int p = 0; p < pixels.length; p++) {
        assertEquals(frames.get(t)[p] & 0xff, pixels[p] & 0xff, 6);
      }
    }
  }

  @Test
  void resizedTo_halfTheSize_isTheMeanOfSquares() throws Exception {
    Path path = film("a.avi", 3);
    List<VideoFrame> whole = read(VideoFile.grey(path));
    List<VideoFrame> half = read(VideoFile.grey(path).resizedTo(12, 20));
    for (int i = 0; i < 3; i++) {
      byte[] expected = whole.get(i).pool(2).pixels();
      byte[] came = half.get(i).pixels();
      for (int p = 0; p < expected.length; p++) {
        assertEquals(expected[p] & 0xff, came[p] & 0xff, 2);
      }
    }
  }

  @Test
  void clip_isInTheSymmetricRange() throws Exception {
    Path path = film("a.avi", 6);
    NDArray clip = VideoFile.grey(path).clip(2, 3);
    assertEquals(new Shape(1, 3, 1, ROWS, COLUMNS), clip.getShape());
    byte[] third = noise(6, ROWS * COLUMNS).get(2);
    assertEquals((third[5] & 0xff) / 127.5 - 1, clip.toFloatArray()[5], 1e-6);
  }

  @Test
  void clip_longerThanTheFilm_isRefusedWithBothLengths() throws Exception {
    VideoFile film = VideoFile.grey(film("a.avi", 6));
    String message =
        assertThrows(IllegalArgumentException.class, () -> film.clip(2, 5)).getMessage();
    assertTrue(message.contains("5 frames from number 2"), message);
    assertTrue(message.contains("a.avi has only 6"), message);
    assertThrows(IllegalArgumentException.class, () -> film.clip(-1, 5));
    assertThrows(IllegalArgumentException.class, () -> film.clip(0, 0));
  }

  @Test
  void frames_ofDifferentSizes_areNoClip() {
    VideoFrame frame = new VideoFrame(1, 4, 6, new byte[24]);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> VideoFrame.clip(List.of(frame, frame, frame.pool(2))))
            .getMessage();
    assertEquals(
        "frames must be of one size, but frame 2 is 1 x 2 x 3 and frame 0 is 1 x 4 x 6", message);
    assertThrows(IllegalArgumentException.class, () -> VideoFrame.clip(List.of()));
  }

  @Test
  void poolAndWindow_takeTheRightPixels() {
    byte[] pixels = new byte[2 * 5 * 7];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) (3 * p);
    }
    VideoFrame frame = new VideoFrame(2, 5, 7, pixels);
    VideoFrame window = frame.window(1, 2, 3, 4);
    assertEquals(3 * (35 + 2 * 7 + 3), window.pixels()[12 + 4 + 1] & 0xff);
    int sum = pixels[35 + 14 + 2] + pixels[35 + 14 + 3] + pixels[35 + 21 + 2] + pixels[35 + 21 + 3];
    VideoFrame pooled = frame.pool(2);
    assertEquals(List.of(2, 2, 3), List.of(pooled.channels(), pooled.rows(), pooled.columns()));
    assertEquals((sum + 4 * 256 + 2) / 4, pooled.pixels()[6 + 3 + 1] & 0xff);
    assertThrows(IllegalArgumentException.class, () -> frame.window(3, 0, 3, 4));
    assertThrows(IllegalArgumentException.class, () -> frame.window(0, 0, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> frame.pool(6));
    assertThrows(IllegalArgumentException.class, () -> frame.pool(0));
  }

  @Test
  void badFiles_areNamedWithTheReason() throws Exception {
    assertRefused(directory.resolve("none.avi"), "there is no such file");
    assertRefused(directory, "there is no such file");
    assertRefused(Files.write(directory.resolve("empty.avi"), new byte[0]), "it is empty");
    Path text = directory.resolve("text.avi");
    Files.writeString(text, "A film would be here.\n".repeat(500));
    assertRefused(text, "it is no film");
    Path letters = Files.writeString(directory.resolve("text.txt"), "A text.\n".repeat(500));
    assertRefused(letters, "it is no film");
    byte[] noise = noise(1, 50_000).get(0);
    assertRefused(Files.write(directory.resolve("noise.avi"), noise), "it is no film");
  }

  @Test
  void aListThatNamesAnotherFile_isNotFollowed() throws Exception {
    Path film = film("a.avi", 6);
    Path list = directory.resolve("list.avi");
    Files.writeString(
        list,
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + film.toUri() + "\n#EXT-X-ENDLIST\n");
    assertRefused(list, "it is no film");
    Files.writeString(list, "ffconcat version 1.0\nfile '" + film.getFileName() + "'\n");
    assertRefused(list, "it is no film");
  }

  @Test
  void truncatedFilms_areRefusedWhereverTheyEnd() throws Exception {
    byte[] whole = Files.readAllBytes(film("a.avi", 20));
    Path cut = directory.resolve("cut.avi");
    for (int length : new int[] {1, 20, 100, 300, 2000, whole.length / 2, whole.length * 9 / 10}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      String message =
          assertThrows(IOException.class, () -> read(VideoFile.grey(cut)), "cut at " + length)
              .getMessage();
      assertTrue(message.contains("cut.avi"), message);
    }
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    String message = assertThrows(IOException.class, () -> read(VideoFile.grey(cut))).getMessage();
    assertTrue(message.contains("its header promises 20 frames, but only"), message);
  }

  private static void assertRefused(Path path, String reason) {
    String message =
        assertThrows(IOException.class, () -> read(VideoFile.grey(path)), path.toString())
            .getMessage();
    assertTrue(message.startsWith(path + " cannot be read: "), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void sizes_mustBeBothOrNone() {
    Path path = Path.of("a.avi");
    assertThrows(IllegalArgumentException.class, () -> new VideoFile(path, false, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> new VideoFile(null, false, 3, 3));
    assertThrows(IllegalArgumentException.class, () -> VideoFile.grey(path).resizedTo(0, 3));
  }
}
