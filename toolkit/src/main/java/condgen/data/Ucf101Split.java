package condgen.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of the three splits of UCF-101 into films for training and for testing, from its text files
 * {@code classInd.txt}, {@code trainlist03.txt}, {@code testlist03.txt}.
 *
 * @param number 1, 2 or 3
 * @param classes the names of the classes, by number from 0
 * @param train the films for training, in the order of the list
 * @param test the films for testing
 */
public record Ucf101Split(int number, List<String> classes, List<Entry> train, List<Entry> test) {
  private static final int LONGEST = 1 << 22;
  private static final int SPLITS = 3;

  /** Copies the lists. */
  public Ucf101Split {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * A film of a list.
   *
   * @param file the name of its file, without its folder
   * @param label its class, from 0
   */
  public record Entry(String file, int label) {}

  /**
   * Reads a split.
   *
   * @param folder where the text files are, or a folder with them in it
   * @param number 1, 2 or 3
   * @throws DamagedDataException when a list is missing, empty, or names a class that is none
   */
  public static Ucf101Split read(Path folder, int number) throws IOException {
    if (number < 1 || number > SPLITS) {
      throw new IllegalArgumentException("split must be 1 to 3, but is " + number);
    }
    Path index = find(folder, "classInd.txt");
    Map<String, Integer> classes = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (String line : ShortText.lines(index, LONGEST, StandardCharsets.UTF_8)) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 2) {
        String expected = Integer.toString(classes.size() + 1);
        if (!words[0].equals(expected) || classes.containsKey(key(words[1]))) {
          throw new DamagedDataException(
              "%s: expected class %s and a new name, found '%s'".formatted(index, expected, line));
        }
        classes.put(key(words[1]), classes.size());
        names.add(words[1]);
      }
    }
    List<Entry> train = list(find(folder, "trainlist0" + number + ".txt"), classes);
    List<Entry> test = list(find(folder, "testlist0" + number + ".txt"), classes);
    return new Ucf101Split(number, names, train, test);
  }

  /** Names differ in capital letters between releases, and between folders and files. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Path find(Path folder, String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder, 3)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> p.getFileName().toString().equalsIgnoreCase(name))
          .sorted()
          .findFirst()
          .orElseThrow(
              () -> new DamagedDataException(folder + ": expected a list " + name + " in it"));
    }
  }

  /** Lines such as {@code Biking/v_Biking_g01_c01.avi 11}; the number is not in test lists. */
  private static List<Entry> list(Path file, Map<String, Integer> classes) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : ShortText.lines(file, LONGEST, StandardCharsets.UTF_8)) {
      if (line.isBlank()) {
        continue;
      }
      String[] parts = line.strip().split("\\s+")[0].split("/");
      Integer label = classes.get(key(parts[0]));
      if (parts.length != 2 || label == null || !key(parts[1]).endsWith(".avi")) {
        throw new DamagedDataException(
            "%s: expected lines CLASS/FILE.avi, found '%s'".formatted(file, line));
      }
      entries.add(new Entry(parts[1], label));
    }
    if (entries.isEmpty()) {
      throw new DamagedDataException(file + ": expected a list of films, found none");
    }
    return entries;
  }

  /**
   * The films of the split.
   *
   * @param folder where they are, in one folder or one for each class; capital letters in names
   *     need not agree with the list
   * @param training whether those for training are wanted
   * @param fit the size of frames
   * @throws DamagedDataException when films of the list are not there
   */
  public VideoSet films(Path folder, boolean training, FrameFit fit) throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Path path : FilmVideos.paths(folder)) {
      files.put(key(path.getFileName().toString()), path);
    }
    List<FilmVideos.Film> films = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Entry entry : training ? train : test) {
      Path path = files.get(key(entry.file));
      if (path == null) {
        missing.add(entry.file);
      } else {
        films.add(new FilmVideos.Film(path, entry.label));
      }
    }
    if (!missing.isEmpty()) {
      throw new DamagedDataException(
          "%s: expected the %,d films of the list, but %,d are missing, such as %s"
              .formatted(folder, films.size() + missing.size(), missing.size(), missing.get(0)));
    }
    String name = "UCF-101, split " + number + ", " + (training ? "training" : "test");
    return FilmVideos.colour(name, films, fit);
  }
}
