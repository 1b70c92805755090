package condgen.data;

import condgen.download.DataCache;
import condgen.download.DataFile;
import condgen.download.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;

/**
 * Films in files of their own: any that FFmpeg decodes. A film is decoded when its frames are asked
 * for, from its beginning; one frame is in memory at a time. The first time, it is also counted.
 *
 * <p>As in published preparations, a film has the frames that decode, at least one, whatever its
 * header promises: {@code person01_boxing_d4} of KTH breaks off after 304 of 370, and OpenCV's
 * {@code tree.avi} promises 444 and has 68. Whether a file is whole is what its hash says; {@link
 * VideoStream#next} is strict.
 */
public final class FilmVideos implements VideoSet {
  private static final Set<String> ENDINGS =
      Set.of("avi", "mp4", "mkv", "webm", "mov", "mpg", "mpeg");

  private final String name;
  private final List<Film> films;
  private final boolean colour;
  private final FrameFit fit;
  private final AtomicIntegerArray lengths;

  /**
   * A film.
   *
   * @param path its file
   * @param label its class, -1 without
   */
  public record Film(Path path, int label) {}

  private FilmVideos(String name, List<Film> films, boolean colour, FrameFit fit) {
    if (films.isEmpty()) {
      throw new IllegalArgumentException("films must hold at least one film, but is empty");
    }
    this.name = name;
    this.films = List.copyOf(films);
    this.colour = colour;
    this.fit = fit;
    this.lengths = new AtomicIntegerArray(films.size());
  }

  /**
   * Films in grey, made from red, green and blue as OpenCV does.
   *
   * @param name what they are
   * @param films at least one
   * @param fit the size wanted
   */
  public static FilmVideos grey(String name, List<Film> films, FrameFit fit) {
    return new FilmVideos(name, films, false, fit);
  }

  /** Films in colour; see {@link #grey}. */
  public static FilmVideos colour(String name, List<Film> films, FrameFit fit) {
    return new FilmVideos(name, films, true, fit);
  }

  /**
   * The films in a folder and in those in it, in the order of their paths, by the endings of their
   * names: avi, mp4, mkv, webm, mov, mpg, mpeg. They have no classes.
   *
   * @throws DamagedDataException when there is none
   */
  public static List<Film> in(Path folder) throws IOException {
    List<Film> films = films(folder);
    if (films.isEmpty()) {
      throw new DamagedDataException(folder + ": expected films in it, found none");
    }
    return films;
  }

  /**
   * The films of a data set in the user's cache, in colour: {@code video-clips}, {@code walking},
   * {@code moving-camera}.
   *
   * @param dataSet its name for {@code fetch}
   * @param fit the size wanted
   * @throws condgen.download.MissingDataException when it was not fetched
   * @throws UncheckedIOException when its folder cannot be read
   */
  public static FilmVideos fetched(String dataSet, FrameFit fit) {
    return fetched(DataCache.standard(), dataSet, fit);
  }

  static FilmVideos fetched(DataCache cache, String dataSet, FrameFit fit) {
    try {
      Path folder = cache.directory(dataSet);
      List<Film> films = Files.isDirectory(folder) ? films(folder) : List.of();
      if (films.isEmpty()) {
        for (DataFile file : Manifest.standard().get(dataSet).files()) {
          cache.require(dataSet, file.name());
        }
      }
      return colour(dataSet, films, fit);
    } catch (IOException e) {
      throw FetchAgain.after(e, dataSet);
    }
  }

  private static List<Film> films(Path folder) throws IOException {
    return paths(folder).stream().map(path -> new Film(path, -1)).toList();
  }

  static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(FilmVideos::isFilm)
          .sorted(Comparator.comparing(path -> folder.relativize(path).toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isFilm(Path path) {
    String file = path.getFileName().toString();
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending);
  }

  private VideoStream open(int video) throws IOException {
    return VideoFile.colour(films.get(video).path).open();
  }

  @Override
  public int length(int video) throws IOException {
    VideoSets.requireVideo(this, video);
    int known = lengths.get(video);
    if (known > 0) {
      return known;
    }
    try (VideoStream film = open(video)) {
      int counted = 0;
      while (film.nextThatDecodes().isPresent()) {
        counted++;
      }
      if (counted == 0) {
        throw new DamagedDataException(
            title(video) + " cannot be read: none of its frames could be decoded");
      }
      lengths.set(video, counted);
      return counted;
    }
  }

  @Override
  public List<VideoFrame> frames(int video, int first, int count) throws IOException {
    VideoSets.requireFrames(this, video, first, count, length(video));
    List<VideoFrame> frames = new ArrayList<>();
    try (VideoStream film = open(video)) {
      for (int t = 0; t < first + count; t++) {
        Optional<VideoFrame> frame = film.nextThatDecodes();
        if (frame.isEmpty()) {
          throw new DamagedDataException(title(video) + " became shorter while it was read");
        }
        if (t >= first) {
          frames.add(fit.apply(colour ? frame.get() : frame.get().grey()));
        }
      }
    }
    return frames;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return films.size();
  }

  @Override
  public String title(int video) {
    VideoSets.requireVideo(this, video);
    return films.get(video).path.toString();
  }

  @Override
  public int label(int video) {
    VideoSets.requireVideo(this, video);
    return films.get(video).label;
  }

  @Override
  public int channels() {
    return colour ? 3 : 1;
  }

  @Override
  public int rows() {
    return fit.rows();
  }

  @Override
  public int columns() {
    return fit.columns();
  }
}
