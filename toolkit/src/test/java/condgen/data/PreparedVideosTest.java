package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedVideosTest {
  @TempDir Path directory;

  private PreparedVideos kth() throws IOException {
    return PreparedVideos.open(VideoSamples.unzip("kth.hdf5", directory));
  }

  private static int at(VideoFrame frame, int channel, int row, int column) {
    return frame.pixels()[(channel * frame.rows() + row) * frame.columns() + column] & 0xff;
  }

  @Test
  void grey_everyFrameIsThere() throws IOException {
    try (PreparedVideos videos = kth()) {
      assertEquals(3, videos.size());
      assertEquals(List.of(1, 16, 16), List.of(videos.channels(), videos.rows(), videos.columns()));
      int[] lengths = {5, 3, 4};
      for (int i = 0; i < 3; i++) {
        assertEquals(lengths[i], videos.length(i));
        List<VideoFrame> frames = videos.frames(i, 0, lengths[i]);
        for (int t = 0; t < lengths[i]; t++) {
          if (i == 2 && t == 1) {
            continue;
          }
          assertEquals(VideoSamples.pixel(i, t, 3, 9, 0), at(frames.get(t), 0, 3, 9));
          assertEquals(VideoSamples.pixel(i, t, 15, 15, 0), at(frames.get(t), 0, 15, 15));
        }
      }
    }
  }

  @Test
  void frameThatCouldNotBeCompressed_isReadAsItIs() throws IOException {
    try (PreparedVideos videos = kth()) {
      byte[] pixels = videos.frames(2, 1, 1).get(0).pixels();
      assertEquals(181, pixels[0] & 0xff);
      for (int n = 0; n < 256; n++) {
        assertEquals(hashed(n), pixels[n] & 0xff, "pixel " + n);
      }
    }
  }

  /** The same mixing of bits as in the program that made the sample. */
  private static int hashed(int n) {
    int x = (int) (n * 2654435761L + 12345);
    x = (x ^ x >>> 15) * (int) 2246822519L;
    x = (x ^ x >>> 13) * (int) 3266489917L;
    return (x ^ x >>> 16) & 0xff;
  }

  @Test
  void personsClassesAndConstants() throws IOException {
    try (PreparedVideos videos = kth()) {
      assertEquals(22, videos.person(1));
      assertEquals(5, videos.label(2));
      assertEquals(OptionalInt.empty(), videos.constant("num_train"));
      assertTrue(videos.title(1).endsWith("kth.hdf5, video 1"), videos.title(1));
    }
    try (PreparedVideos videos = PreparedVideos.open(VideoSamples.unzip("ucf.hdf5", directory))) {
      assertEquals(OptionalInt.of(2), videos.constant("num_train"));
      assertEquals(OptionalInt.of(11), videos.constant("num_test"));
      assertEquals(-1, videos.person(0));
      assertEquals(List.of(3, 12, 16), List.of(videos.channels(), videos.rows(), videos.columns()));
      VideoFrame frame = videos.frames(12, 1, 1).get(0);
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(VideoSamples.pixel(12, 1, 7, 10, channel), at(frame, channel, 7, 10));
      }
    }
  }

  @Test
  void bothKindsOfGroups_areRead() throws IOException {
    for (String name : List.of("small-old.hdf5", "small-new.hdf5")) {
      try (PreparedVideos videos = PreparedVideos.open(VideoSamples.unzip(name, directory))) {
        assertEquals(List.of(2, 2), List.of(videos.size(), videos.length(1)));
        assertEquals(2, videos.person(1));
        VideoFrame frame = videos.frames(1, 1, 1).get(0);
        assertEquals(VideoSamples.pixel(1, 1, 7, 6, 0), at(frame, 0, 7, 6));
      }
    }
  }

  @Test
  void folder_isOneListInTheOrderOfNames() throws IOException {
    Path file = VideoSamples.unzip("kth.hdf5", directory);
    Path folder = Files.createDirectory(directory.resolve("train"));
    Files.copy(file, folder.resolve("shard_0001.hdf5"));
    Files.copy(file, folder.resolve("shard_0002.h5"));
    Files.writeString(folder.resolve("persons.pkl"), "not read");
    try (PreparedVideos videos = PreparedVideos.open(folder)) {
      assertEquals(6, videos.size());
      assertEquals(3, videos.length(4));
      assertEquals(22, videos.person(4));
      assertEquals(VideoSamples.pixel(1, 2, 0, 1, 0), at(videos.frames(4, 2, 1).get(0), 0, 0, 1));
      assertTrue(videos.title(4).endsWith("shard_0002.h5, video 1"), videos.title(4));
    }
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThrows(DamagedDataException.class, () -> PreparedVideos.open(empty));
  }

  @Test
  void wrongArguments_areNamed() throws IOException {
    try (PreparedVideos videos = kth()) {
      assertThrows(IllegalArgumentException.class, () -> videos.length(3));
      assertThrows(IllegalArgumentException.class, () -> videos.frames(0, 0, 0));
      String message =
          assertThrows(IllegalArgumentException.class, () -> videos.frames(0, 3, 3)).getMessage();
      assertTrue(message.startsWith("3 frames from number 3 were asked for"), message);
      assertTrue(message.endsWith("video 0 has only 5"), message);
    }
  }

  @Test
  void otherFiles_areRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(VideoSamples.unzip("kth.hdf5", directory));
    Path file = directory.resolve("bad.hdf5");
    for (int length : new int[] {0, 4, 8, 40, 96, 700, 2000, 3000}) {
      Files.write(file, Arrays.copyOf(whole, length));
      String message =
          assertThrows(
                  DamagedDataException.class,
                  () -> PreparedVideos.open(file).close(),
                  "cut at " + length)
              .getMessage();
      assertTrue(message.contains("bad.hdf5"), message);
    }
    Files.writeString(file, "frames\n".repeat(100));
    assertThrows(DamagedDataException.class, () -> PreparedVideos.open(file));
  }
}
