package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KthTest {
  @TempDir Path directory;

  private Path films(String... names) throws IOException {
    Path folder = directory.resolve("kth");
    for (String name : names) {
      String action = name.split("_")[1];
      VideoSamples.copy("kth.avi", folder.resolve(action).resolve(name + "_uncomp.avi"));
    }
    return folder;
  }

  @Test
  void frames_areThoseOfTheReleasedPreparation() throws IOException {
    VideoSet videos = Kth.films(films("person21_walking_d1"), 21, 25);
    assertEquals(8, videos.length(0));
    List<VideoFrame> frames = videos.frames(0, 0, 8);
    byte[] expected = VideoSamples.bytes("kth.raw");
    // Decoders round differently where they turn brightness into red, green and blue.
    assertEquals(0, VideoSamples.distance(frames.get(0), expected, 0), 2);
    assertEquals(0, VideoSamples.distance(frames.get(7), expected, 4096), 2);
    assertEquals(0, VideoSamples.meanDistance(frames.get(7), expected, 4096), 0.7);
    assertTrue(VideoSamples.distance(frames.get(0), expected, 4096) > 20);
  }

  @Test
  void order_isPersonThenActionThenSetting() throws IOException {
    Path folder =
        films(
            "person02_walking_d1",
            "person02_boxing_d2",
            "person02_boxing_d1",
            "person01_running_d4",
            "person21_jogging_d1");
    VideoSet videos = Kth.films(folder, 1, 20);
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      String file = Path.of(videos.title(i)).getFileName().toString();
      names.add(file.substring(0, file.indexOf("_uncomp")));
      labels.add(videos.label(i));
    }
    assertEquals(
        List.of(
            "person01_running_d4",
            "person02_boxing_d1",
            "person02_boxing_d2",
            "person02_walking_d1"),
        names);
    assertEquals(List.of(4, 0, 0, 5), labels);
    assertEquals("KTH, persons 1 to 20", videos.name());
    assertThrows(DamagedDataException.class, () -> Kth.films(folder, 3, 20));
    assertThrows(IllegalArgumentException.class, () -> Kth.films(folder, 0, 20));
    assertThrows(IllegalArgumentException.class, () -> Kth.films(folder, 21, 26));
  }

  @Test
  void missing_knowsThatOneFilmWasNeverPublished() throws IOException {
    Path folder = films("person13_handclapping_d2");
    for (String action : Kth.ACTIONS) {
      Files.createDirectories(folder.resolve(action));
    }
    List<String> missing = Kth.missing(folder);
    assertEquals(598, missing.size());
    assertFalse(missing.contains("person13_handclapping_d2"));
    assertFalse(missing.contains("person13_handclapping_d3"));
    String message =
        assertThrows(UncheckedIOException.class, () -> Kth.read(DataCache.at(directory), true))
            .getMessage();
    assertTrue(message.contains("expected 599 films, but 598 are missing"), message);
    assertTrue(message.contains("data-downloaders/fetch kth"), message);
  }

  @Test
  void film_thatComesTwice_isRefused() throws IOException {
    Path folder = films("person01_boxing_d1");
    VideoSamples.copy("kth.avi", folder.resolve("again").resolve("person01_boxing_d1_uncomp.avi"));
    assertThrows(DamagedDataException.class, () -> Kth.films(folder, 1, 20));
  }

  @Test
  void withoutTheData_theCommandAndTheStandInAreNamed() {
    String message =
        assertThrows(MissingDataException.class, () -> Kth.read(DataCache.at(directory), false))
            .getMessage();
    assertTrue(message.contains("data-downloaders/fetch kth"), message);
    assertTrue(message.contains("not KTH"), message);
  }

  @Test
  void prepared_isTakenFirst_byPerson() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("mcvd-data"));
    Files.move(VideoSamples.unzip("kth.hdf5", directory), folder.resolve("KTH64.hdf5"));
    try (Scope scope = Scope.open();
        VideoClips train = Kth.read(DataCache.at(directory), true);
        VideoClips test = Kth.read(DataCache.at(directory), false)) {
      assertEquals(2, train.videos().size());
      assertEquals(5, train.videos().length(0));
      assertEquals(4, train.videos().length(1));
      assertEquals(4, test.videos().label(0));
      assertEquals(new Shape(3, 2, 1, 16, 16), test.batch(1, 0, 3, 2).getShape());
      assertEquals("KTH, persons 21 to 25, prepared by its authors", test.videos().name());
    }
  }

  @Test
  void filmThatBreaksOff_hasTheFramesThatDecode() throws IOException {
    Path folder = films("person01_boxing_d4");
    Path film = folder.resolve("boxing").resolve("person01_boxing_d4_uncomp.avi");
    byte[] whole = Files.readAllBytes(film);
    VideoSet all = Kth.films(folder, 1, 1);
    byte[] seventh = all.frames(0, 5, 1).get(0).pixels();
    int most = whole.length;
    int length = 8;
    while (length == 8) {
      most -= 200;
      Files.write(film, Arrays.copyOf(whole, most));
      length = Kth.films(folder, 1, 1).length(0);
    }
    assertEquals(7, length);
    assertTrue(Arrays.equals(seventh, Kth.films(folder, 1, 1).frames(0, 5, 1).get(0).pixels()));
    Files.write(film, Arrays.copyOf(whole, 5000));
    String message =
        assertThrows(DamagedDataException.class, () -> Kth.films(folder, 1, 1).length(0))
            .getMessage();
    assertTrue(message.contains("person01_boxing_d4_uncomp.avi cannot be read"), message);
  }

  @Test
  void sequences_countFromZero() throws IOException {
    Path file = directory.resolve("00sequences.txt");
    Files.writeString(
        file,
        """
        Training:   person11, 12, 13
        person13_boxing_d1      frames  1-95, 96-185, 186-245
        person13_handclapping_d3    *missing*
        \tperson14_running_d2 \tframes\t7 - 7
        """);
    Map<String, List<KthSequences.Part>> films = KthSequences.read(file);
    assertEquals(3, films.size());
    assertEquals(new KthSequences.Part(95, 90), films.get("person13_boxing_d1").get(1));
    assertEquals(List.of(), films.get("person13_handclapping_d3"));
    assertEquals(List.of(new KthSequences.Part(6, 1)), films.get("person14_running_d2"));
    Files.writeString(file, "person13_boxing_d1 frames 9-5");
    assertThrows(DamagedDataException.class, () -> KthSequences.read(file));
    Files.writeString(file, "nothing");
    assertThrows(DamagedDataException.class, () -> KthSequences.read(file));
  }

  @Test
  void officialSplit_hasEveryPersonOnce() {
    List<Integer> persons =
        Arrays.stream(KthSequences.OfficialSplit.values())
            .flatMap(split -> split.persons().stream())
            .sorted()
            .toList();
    assertEquals(IntStream.rangeClosed(1, 25).boxed().toList(), persons);
    assertEquals(
        List.of(8, 8, 9),
        Arrays.stream(KthSequences.OfficialSplit.values()).map(s -> s.persons().size()).toList());
  }

  @Test
  void anyFilms_inAFolderAreASet() throws Exception {
    byte[] frame = new byte[3 * 20 * 30];
    Arrays.fill(frame, 0, 1500, (byte) 200);
    Path folder = Files.createDirectories(directory.resolve("mine"));
    Films.colour(folder.resolve("b.avi"), 20, 30, List.of(frame, frame));
    Films.colour(folder.resolve("A.MKV"), 20, 30, List.of(frame, frame, frame));
    Files.writeString(folder.resolve("notes.txt"), "no film");
    List<FilmVideos.Film> films = FilmVideos.in(folder);
    VideoSet videos = FilmVideos.colour("mine", films, FrameFit.middle(10, ImageResize.BOX));
    assertEquals(List.of(2, 3, 2), List.of(videos.size(), videos.length(0), videos.length(1)));
    assertEquals(-1, videos.label(1));
    byte[] pixels = videos.frames(1, 1, 1).get(0).pixels();
    assertEquals(300, pixels.length);
    assertEquals(200, pixels[0] & 0xff, 1);
    assertEquals(0, pixels[99] & 0xff, 1);
    Path none = Files.createDirectories(directory.resolve("none"));
    assertThrows(DamagedDataException.class, () -> FilmVideos.in(none));
  }
}
