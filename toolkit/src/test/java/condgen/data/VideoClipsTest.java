package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VideoClipsTest {
  /** Videos whose pixels say which video, frame and column they are. */
  private record Marked(int size, int length, int rows, int columns) implements VideoSet {
    @Override
    public String name() {
      return "marked";
    }

    @Override
    public String title(int video) {
      return "video " + video;
    }

    @Override
    public int length(int video) throws IOException {
      if (video == 99) {
        throw new DamagedDataException("video 99 is damaged");
      }
      return length;
    }

    @Override
    public List<VideoFrame> frames(int video, int first, int count) {
      VideoSets.requireFrames(this, video, first, count, length);
      return IntStream.range(first, first + count).mapToObj(t -> frame(video, t)).toList();
    }

    private VideoFrame frame(int video, int t) {
      byte[] pixels = new byte[3 * rows * columns];
      for (int p = 0; p < rows * columns; p++) {
        pixels[p] = (byte) video;
        pixels[rows * columns + p] = (byte) t;
        pixels[2 * rows * columns + p] = (byte) (p % columns);
      }
      return new VideoFrame(3, rows, columns, pixels);
    }

    @Override
    public int channels() {
      return 3;
    }
  }

  private static int value(NDArray clips, String at) {
    return Math.round(
        (clips.getFloat(Arrays.stream(at.split(" ")).mapToLong(Long::parseLong).toArray()) + 1)
            * 127.5f);
  }

  @Test
  void items_lieEvenlyOverTheVideos_halvesToTheEvenNumber() {
    VideoClips test = VideoClips.testing(new Marked(5, 9, 4, 4)).items(9);
    // k / 8 * 4 is 0, 0.5, 1, 1.5 ...
    int[] expected = {0, 0, 1, 2, 2, 2, 3, 4, 4};
    assertArrayEquals(expected, IntStream.range(0, 9).map(test::video).toArray());
    assertEquals(256, VideoClips.testing(new Marked(5, 9, 4, 4)).items());
    VideoClips train = VideoClips.training(new Marked(43, 9, 4, 4));
    assertArrayEquals(
        IntStream.range(0, 43).toArray(), IntStream.range(0, 43).map(train::video).toArray());
    assertEquals(0, train.items(1).video(0));
  }

  @Test
  void testing_batchIsTheItems_unturned_inTheMiddle() {
    try (Scope scope = Scope.open()) {
      VideoClips test = VideoClips.testing(new Marked(50, 12, 4, 9)).items(7);
      NDArray clips = test.batch(3, 0, 9, 5);
      assertEquals(new Shape(9, 5, 3, 4, 4), clips.getShape());
      Set<Integer> starts = new TreeSet<>();
      for (int i = 0; i < 9; i++) {
        assertEquals(test.video(i % 7), value(clips, i + " 0 0 0 0"));
        int start = value(clips, i + " 0 1 0 0");
        starts.add(start);
        assertTrue(start < 12 - 5, "the last start never comes");
        assertEquals(start + 4, value(clips, i + " 4 1 3 3"));
        assertEquals(2, value(clips, i + " 0 2 0 0"));
        assertEquals(5, value(clips, i + " 0 2 0 3"));
      }
      assertTrue(starts.size() > 1);
    }
  }

  @Test
  void training_drawsVideoStartColumnAndMirror() {
    try (Scope scope = Scope.open()) {
      NDArray clips = VideoClips.training(new Marked(6, 8, 4, 7)).batch(5, 2, 300, 5);
      int turned = 0;
      Set<Integer> videos = new TreeSet<>();
      Set<Integer> starts = new TreeSet<>();
      Set<Integer> columns = new TreeSet<>();
      for (int i = 0; i < 300; i++) {
        int first = value(clips, i + " 0 2 1 0");
        int last = value(clips, i + " 4 2 2 3");
        assertEquals(3, Math.abs(last - first), "one coin for the whole clip");
        turned += last < first ? 1 : 0;
        videos.add(value(clips, i + " 0 0 0 0"));
        starts.add(value(clips, i + " 0 1 0 0"));
        columns.add(Math.min(first, last));
      }
      assertEquals(Set.of(0, 1, 2, 3, 4, 5), videos);
      assertEquals(Set.of(0, 1, 2), starts);
      assertEquals(Set.of(0, 1, 2), columns);
      // 300 coins: four standard deviations are 35.
      assertEquals(150, turned, 35);
    }
  }

  @Test
  void batch_repeats_andDoesNotDependOnItsSize() {
    try (Scope scope = Scope.open()) {
      VideoClips train = VideoClips.training(new Marked(6, 30, 4, 7));
      float[] three = train.batch(1, 4, 3, 5).toFloatArray();
      float[] five = train.batch(1, 4, 5, 5).toFloatArray();
      assertArrayEquals(three, Arrays.copyOf(five, three.length));
    }
  }

  @Test
  void wholeVideo_isTheClipOfItsLength_andLongerOnesAreRefused() {
    try (Scope scope = Scope.open()) {
      VideoClips test = VideoClips.testing(new Marked(3, 5, 4, 4));
      assertEquals(0, value(test.batch(1, 0, 1, 5), "0 0 1 0 0"));
      String message =
          assertThrows(IllegalArgumentException.class, () -> test.batch(1, 0, 1, 6)).getMessage();
      assertEquals("6 frames from number 0 were asked for, but video 0 has only 5", message);
    }
  }

  @Test
  void smallerFrames_areMeansOfSquares() {
    try (Scope scope = Scope.open()) {
      VideoClips test = VideoClips.testing(new Marked(3, 5, 4, 4));
      NDArray small = test.resizedTo(2).batch(1, 0, 1, 5);
      assertEquals(new Shape(1, 5, 3, 2, 2), small.getShape());
      // Columns 2 and 3, mean 2.5, rounded up.
      assertEquals(3, value(small, "0 0 2 0 1"));
      assertThrows(IllegalArgumentException.class, () -> test.resizedTo(3));
    }
  }

  @Test
  void damage_isTheUncheckedErrorOfABatch() {
    VideoClips test = VideoClips.testing(new Marked(100, 5, 4, 4)).items(2);
    String message =
        assertThrows(UncheckedIOException.class, () -> test.batch(1, 0, 2, 3)).getMessage();
    assertEquals("video 99 is damaged", message);
  }

  @Test
  void subset_keepsItsOwnOrder() throws IOException {
    VideoSet some = new Marked(9, 5, 4, 4).only("some", new int[] {7, 2});
    assertEquals(2, some.size());
    assertEquals("video 7", some.title(0));
    assertEquals(2, some.frames(1, 0, 1).get(0).pixels()[0]);
    assertThrows(IllegalArgumentException.class, () -> some.length(2));
    assertThrows(IllegalArgumentException.class, () -> some.only("none", new int[0]));
    assertThrows(IllegalArgumentException.class, () -> some.only("other", new int[] {2}));
  }

  @Test
  void wrongArguments_areNamed() {
    VideoClips clips = VideoClips.training(new Marked(3, 5, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> clips.batch(1, -1, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> clips.batch(1, 0, 0, 3));
    assertThrows(IllegalArgumentException.class, () -> clips.items(0));
    assertThrows(IllegalArgumentException.class, () -> clips.video(3));
    assertThrows(IllegalArgumentException.class, () -> VideoClips.training(new Marked(3, 5, 4, 3)));
    assertEquals("marked, mirrored by chance, 4 x 4", clips.toString());
  }
}
