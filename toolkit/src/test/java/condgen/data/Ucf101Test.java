package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ucf101Test {
  @TempDir Path directory;

  /** A class whose folder and files differ in a capital letter, as in the real set. */
  private Path lists() throws IOException {
    Path lists = directory.resolve("ucf101").resolve("splits").resolve("ucfTrainTestlist");
    Files.createDirectories(lists);
    Files.writeString(lists.resolve("classInd.txt"), "1 Biking\r\n2 HandstandPushups\r\n");
    Files.writeString(
        lists.resolve("trainlist03.txt"),
        "Biking/v_Biking_g03_c01.avi 1\r\nHandstandPushups/v_HandStandPushups_g01_c01.avi 2\r\n");
    Files.writeString(
        lists.resolve("testlist03.txt"),
        "HandstandPushups/v_HandStandPushups_g02_c01.avi\r\nBiking/v_Biking_g01_c01.avi\r\n");
    return lists.getParent();
  }

  private Path films(String... names) throws IOException {
    Path folder = directory.resolve("ucf101").resolve("videos");
    for (String name : names) {
      VideoSamples.copy("ucf.avi", folder.resolve("UCF101").resolve(name));
    }
    return folder;
  }

  private void everything() throws IOException {
    lists();
    films(
        "v_Biking_g01_c01.avi",
        "v_Biking_g03_c01.avi",
        "v_HandstandPushups_g01_c01.avi",
        "v_HandstandPushups_g02_c01.avi");
  }

  @Test
  void split_isTheListsInTheirOrder() throws IOException {
    Ucf101Split split = Ucf101Split.read(lists(), 3);
    assertEquals(List.of("Biking", "HandstandPushups"), split.classes());
    assertEquals(
        List.of(
            new Ucf101Split.Entry("v_Biking_g03_c01.avi", 0),
            new Ucf101Split.Entry("v_HandStandPushups_g01_c01.avi", 1)),
        split.train());
    assertEquals(1, split.test().get(0).label());
    assertThrows(IllegalArgumentException.class, () -> Ucf101Split.read(directory, 4));
    String message =
        assertThrows(DamagedDataException.class, () -> Ucf101Split.read(lists(), 1)).getMessage();
    assertTrue(message.contains("trainlist01.txt"), message);
  }

  @Test
  void lists_thatAreNone_areRefusedWithTheLine() throws IOException {
    Path list = lists().resolve("ucfTrainTestlist").resolve("trainlist03.txt");
    for (String bad :
        new String[] {"Skiing/v_Skiing_g01_c01.avi 3", "v_Biking_g01_c01.avi", "\n"}) {
      Files.writeString(list, bad);
      String message =
          assertThrows(
                  DamagedDataException.class,
                  () -> Ucf101Split.read(directory.resolve("ucf101"), 3))
              .getMessage();
      assertTrue(message.contains("trainlist03.txt"), message);
    }
    Files.write(list.resolveSibling("classInd.txt"), new byte[] {'1', ' ', (byte) 0xff});
    assertThrows(
        DamagedDataException.class, () -> Ucf101Split.read(directory.resolve("ucf101"), 3));
  }

  @Test
  void released_isLanczosTo85By64() throws IOException {
    everything();
    VideoSet films = Ucf101.read(DataCache.at(directory), 3, true);
    assertEquals(List.of(3, 64, 85), List.of(films.channels(), films.rows(), films.columns()));
    assertEquals(List.of(2, 5), List.of(films.size(), films.length(1)));
    assertEquals(1, films.label(1));
    byte[] expected = VideoSamples.bytes("ucf.raw");
    // Decoders differ by some levels in how they turn halved colours into red, green and blue.
    assertEquals(0, VideoSamples.distance(films.frames(0, 4, 1).get(0), expected, 0), 6);
  }

  @Test
  void thesis_isTheMiddleSquare() throws IOException {
    everything();
    VideoSet films = Ucf101.films(DataCache.at(directory), 3, false, Ucf101.Frames.THESIS);
    VideoFrame frame = films.frames(1, 4, 1).get(0);
    assertEquals(List.of(64, 64), List.of(frame.rows(), frame.columns()));
    assertEquals(0, VideoSamples.distance(frame, VideoSamples.bytes("ucf-thesis.raw"), 0), 6);
    // The released test crop is the same up to where the edges fall.
    VideoSet released = Ucf101.films(DataCache.at(directory), 3, false, Ucf101.Frames.RELEASED);
    VideoFrame middle = released.frames(1, 4, 1).get(0).window(0, 10, 64, 64);
    double sum = 0;
    for (int p = 0; p < 3 * 4096; p++) {
      sum += Math.abs((middle.pixels()[p] & 0xff) - (frame.pixels()[p] & 0xff));
    }
    assertTrue(sum / (3 * 4096) < 4, "mean difference " + sum / (3 * 4096));
  }

  @Test
  void films_thatAreNotThere_areNamed() throws IOException {
    lists();
    films("v_Biking_g03_c01.avi");
    String message =
        assertThrows(
                UncheckedIOException.class, () -> Ucf101.read(DataCache.at(directory), 3, true))
            .getMessage();
    assertTrue(message.contains("1 are missing, such as v_HandStandPushups_g01_c01"), message);
    String nothing =
        assertThrows(
                MissingDataException.class,
                () -> Ucf101.read(DataCache.at(directory.resolve("empty")), 3, true))
            .getMessage();
    assertTrue(nothing.contains("data-downloaders/fetch ucf101"), nothing);
  }

  @Test
  void archiveInOldFormat_servesToo() throws IOException {
    everything();
    Path folder = directory.resolve("ucf101");
    Files.move(folder.resolve("videos"), folder.resolve("videos-rar"));
    assertEquals(2, Ucf101.read(DataCache.at(directory), 3, true).size());
  }

  @Test
  void prepared_firstTheTrainingVideos_thenEveryTenthOfTheOthers() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("mcvd-data"));
    Files.move(VideoSamples.unzip("ucf.hdf5", directory), folder.resolve("UCF101_64.hdf5"));
    try (Scope scope = Scope.open();
        VideoSet train = Ucf101.read(DataCache.at(directory), 3, true);
        VideoSet test = Ucf101.read(DataCache.at(directory), 3, false)) {
      assertEquals(2, train.size());
      assertEquals(1, train.label(1));
      assertEquals(11, test.size());
      assertEquals(VideoSamples.pixel(12, 1, 0, 0, 0), test.frames(10, 1, 1).get(0).pixels()[0]);
      VideoSet tenth = Ucf101.everyTenth(test);
      assertEquals(1, tenth.size());
      assertEquals(test.title(0), tenth.title(0));
      VideoClips clips = VideoClips.testing(tenth).items(2);
      assertEquals(new Shape(2, 2, 3, 12, 12), clips.batch(1, 0, 2, 2).getShape());
      assertThrows(DamagedDataException.class, () -> Ucf101.prepared(kth(), true));
    }
  }

  private PreparedVideos kth() throws IOException {
    return PreparedVideos.open(VideoSamples.unzip("kth.hdf5", directory));
  }

  @Test
  void everyTenth_ofTheRealNumberIs369() {
    VideoSet some = everyTenthOf(3696);
    assertEquals(369, some.size());
    assertEquals("video 3680", some.title(368));
    assertEquals("video 10", some.title(1));
  }

  private static VideoSet everyTenthOf(int size) {
    return Ucf101.everyTenth(
        new VideoSet() {
          @Override
          public String name() {
            return "numbers";
          }

          @Override
          public int size() {
            return size;
          }

          @Override
          public String title(int video) {
            return "video " + video;
          }

          @Override
          public int length(int video) {
            return 1;
          }

          @Override
          public List<VideoFrame> frames(int video, int first, int count) {
            return List.of();
          }

          @Override
          public int channels() {
            return 1;
          }

          @Override
          public int rows() {
            return 1;
          }

          @Override
          public int columns() {
            return 1;
          }
        });
  }
}
