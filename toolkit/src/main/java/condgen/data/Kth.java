package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * KTH actions: 25 persons do six things in four settings, filmed in grey at 160 x 120, 25 frames a
 * second. Fetch it with {@code data-downloaders/fetch kth} (films) or {@code fetch
 * mcvd-data/KTH64.hdf5} (as the authors of MCVD prepared it; taken first when both are there).
 *
 * <p>As the released code of MCVD has it: the whole frame squeezed to 64 x 64 by OpenCV's linear
 * interpolation, whole films (the ranges of {@code 00sequences.txt}, {@link KthSequences}, are not
 * used), persons 1 to 20 for training and 21 to 25 for testing, which is not the official split. A
 * pixel may differ by two grey levels from the released preparation, half a level in the mean: the
 * conversion of colours depends on the build of the decoder. C. Schuldt, I. Laptev, B. Caputo:
 * Recognizing human actions, 2004.
 */
public final class Kth {
  private static final String DATA_SET = "kth";
  private static final String PREPARED = "KTH64.hdf5";
  private static final int PERSONS = 25;
  private static final int SETTINGS = 4;
  private static final int LAST_TRAINING_PERSON = 20;
  private static final int SIDE = 64;
  private static final Pattern FILM =
      Pattern.compile("(person(\\d\\d)_([a-z]+)_d(\\d))_uncomp\\.avi");

  /** This film does not exist: 599 of 600 do. */
  private static final String NEVER_PUBLISHED = "person13_handclapping_d3";

  /** The classes, by number. */
  public static final List<String> ACTIONS =
      List.of("boxing", "handclapping", "handwaving", "jogging", "running", "walking");

  private Kth() {}

  /**
   * Clips for training, (B, N, 1, 64, 64): persons 1 to 20.
   *
   * @throws MissingDataException when the set was not fetched
   */
  public static VideoClips train() {
    return read(DataCache.standard(), true);
  }

  /** Clips for testing: 256 items of persons 21 to 25; see {@link #train}. */
  public static VideoClips test() {
    return read(DataCache.standard(), false);
  }

  static VideoClips read(DataCache cache, boolean training) {
    int first = training ? 1 : LAST_TRAINING_PERSON + 1;
    int last = training ? LAST_TRAINING_PERSON : PERSONS;
    VideoSet videos = read(cache, first, last);
    return training ? VideoClips.training(videos) : VideoClips.testing(videos);
  }

  private static VideoSet read(DataCache cache, int first, int last) {
    Path ready = cache.directory(PreparedSets.DATA_SET).resolve(PREPARED);
    boolean isReady = Files.isRegularFile(ready);
    try {
      return isReady
          ? prepared(PreparedVideos.open(ready), first, last)
          : films(complete(folder(cache)), first, last);
    } catch (IOException e) {
      throw FetchAgain.after(e, isReady ? PreparedSets.DATA_SET + "/" + PREPARED : DATA_SET);
    }
  }

  /** The folder of the films, one folder in it for each action. */
  private static Path folder(DataCache cache) {
    for (String action : ACTIONS) {
      cache.requireDirectory(DATA_SET, action);
    }
    return cache.directory(DATA_SET);
  }

  private static Path complete(Path folder) throws IOException {
    List<String> missing = missing(folder);
    if (!missing.isEmpty()) {
      throw new DamagedDataException(
          "%s: expected 599 films, but %d are missing, such as %s"
              .formatted(folder, missing.size(), missing.get(0)));
    }
    return folder;
  }

  /**
   * Which of the 599 films are not in a folder, by the beginnings of their names: {@code
   * person01_boxing_d1}. Film person13_handclapping_d3 was never published and is not missed.
   */
  public static List<String> missing(Path folder) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (int person = 1; person <= PERSONS; person++) {
      for (String action : ACTIONS) {
        for (int setting = 1; setting <= SETTINGS; setting++) {
          missing.add("person%02d_%s_d%d".formatted(person, action, setting));
        }
      }
    }
    missing.remove(NEVER_PUBLISHED);
    for (Entry entry : entries(folder)) {
      missing.remove(entry.name);
    }
    return List.copyOf(missing);
  }

  private record Entry(String name, int person, FilmVideos.Film film) {}

  /** The films by action and then by name. */
  private static List<Entry> entries(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Path path : FilmVideos.paths(folder)) {
      Matcher parts = FILM.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT));
      if (!parts.matches() || !ACTIONS.contains(parts.group(3))) {
        continue;
      }
      if (!seen.add(parts.group(1))) {
        throw new DamagedDataException(
            folder + ": expected every film once, found " + parts.group(1) + " twice");
      }
      int label = ACTIONS.indexOf(parts.group(3));
      FilmVideos.Film film = new FilmVideos.Film(path, label);
      entries.add(new Entry(parts.group(1), Integer.parseInt(parts.group(2)), film));
    }
    entries.sort(Comparator.<Entry>comparingInt(e -> e.film.label()).thenComparing(Entry::name));
    return entries;
  }

  /**
   * The films of some persons in the order of the released code: by person, then by action, then by
   * setting.
   *
   * @param folder where the films are, or folders of films
   * @param firstPerson 1 to 25
   * @param lastPerson not before the first
   * @throws DamagedDataException when none of them is there, or one twice
   */
  public static VideoSet films(Path folder, int firstPerson, int lastPerson) throws IOException {
    requirePersons(firstPerson, lastPerson);
    List<FilmVideos.Film> films =
        entries(folder).stream()
            .filter(e -> e.person >= firstPerson && e.person <= lastPerson)
            .sorted(Comparator.comparingInt(Entry::person))
            .map(Entry::film)
            .toList();
    if (films.isEmpty()) {
      throw new DamagedDataException(
          "%s: expected films of persons %d to %d, found none"
              .formatted(folder, firstPerson, lastPerson));
    }
    FrameFit fit = FrameFit.whole(SIDE, SIDE, ImageResize.OPENCV_LINEAR);
    return FilmVideos.grey(name(firstPerson, lastPerson), films, fit);
  }

  /**
   * The videos of some persons out of the file that the authors of MCVD prepared, in the order of
   * their loader.
   *
   * @throws DamagedDataException when none of them is there
   */
  public static VideoSet prepared(PreparedVideos videos, int firstPerson, int lastPerson)
      throws IOException {
    requirePersons(firstPerson, lastPerson);
    int[] persons = new int[videos.size()];
    for (int i = 0; i < persons.length; i++) {
      persons[i] = videos.person(i);
    }
    int[] chosen =
        IntStream.range(0, persons.length)
            .filter(i -> persons[i] >= firstPerson && persons[i] <= lastPerson)
            .boxed()
            .sorted(Comparator.comparingInt(i -> persons[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (chosen.length == 0) {
      throw new DamagedDataException(
          "%s: expected videos of persons %d to %d, found none"
              .formatted(videos.title(0), firstPerson, lastPerson));
    }
    return videos.only(name(firstPerson, lastPerson) + ", prepared by its authors", chosen);
  }

  private static String name(int first, int last) {
    return "KTH, persons " + first + " to " + last;
  }

  private static void requirePersons(int first, int last) {
    if (first < 1 || last < first || last > PERSONS) {
      throw new IllegalArgumentException(
          "persons must be 1 to %d, but are %d to %d".formatted(PERSONS, first, last));
    }
  }
}
