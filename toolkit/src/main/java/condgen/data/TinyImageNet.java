package condgen.data;

import condgen.download.DataCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tiny ImageNet, photographs of 200 classes, 64 x 64: 100,000 for training, 10,000 for validation,
 * and 10,000 for testing whose labels were never published. Read from its archive, which is not
 * unpacked. Fetch it with {@code data-downloaders/fetch tiny-imagenet --accept}.
 *
 * <p>Y. Le, X. Yang: Tiny ImageNet visual recognition challenge. CS 231N, Stanford, 2015.
 */
public final class TinyImageNet {
  private static final String DATA_SET = "tiny-imagenet";
  private static final String FILE = "tiny-imagenet-200.zip";
  private static final String ANNOTATIONS = "val/val_annotations.txt";

  private TinyImageNet() {}

  /**
   * The training pictures in the user's cache; close them after use.
   *
   * @throws condgen.download.MissingDataException when they were not fetched
   * @throws UncheckedIOException of a {@link DamagedDataException} when the archive is damaged
   */
  public static PictureSet train() {
    return part("train");
  }

  /** The labelled pictures for validation; see {@link #train()}. */
  public static PictureSet validation() {
    return part("val");
  }

  /** The pictures for testing, without labels; see {@link #train()}. */
  public static PictureSet test() {
    return part("test");
  }

  private static PictureSet part(String part) {
    Path file = DataCache.standard().require(DATA_SET, FILE);
    try {
      return open(file, part);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * One part of an archive or of an unpacked folder.
   *
   * @param place the archive, or the folder that holds {@code tiny-imagenet-200}
   * @param part {@code train}, {@code val} or {@code test}
   * @throws DamagedDataException if pictures or annotations are missing or damaged
   * @throws IOException if it cannot be read
   */
  public static PictureSet open(Path place, String part) throws IOException {
    if (!List.of("train", "val", "test").contains(part)) {
      throw new IllegalArgumentException("part must be train, val or test, but is " + part);
    }
    Members members = Members.open(place);
    String name = DATA_SET + " " + part;
    try {
      Pattern files = Pattern.compile("(.*/)?" + part + "/(.+/)?images/[^/]+\\.JPEG");
      List<String> classes =
          members.names().stream()
              .map(file -> file.replaceFirst("^(.*/)?train/([^/]+)/images/[^/]+\\.JPEG$", "\0$2"))
              .filter(file -> file.startsWith("\0"))
              .map(file -> file.substring(1))
              .distinct()
              .sorted()
              .toList();
      if (part.equals("test")) {
        return PictureFolder.matching(name, members, files, List.of(), file -> -1);
      }
      if (part.equals("train")) {
        return PictureFolder.matching(
            name,
            members,
            files,
            classes,
            file -> classes.indexOf(file.replaceFirst("^(.*/)?train/([^/]+)/.*$", "$2")));
      }
      Map<String, Integer> labels = annotations(members, classes);
      PictureSet set =
          PictureFolder.matching(
              name,
              members,
              files,
              classes,
              file -> labels.getOrDefault(file.substring(file.lastIndexOf('/') + 1), -1));
      requireLabels(set, place);
      return set;
    } catch (IOException | RuntimeException e) {
      members.close();
      throw e;
    }
  }

  /** Of each picture's file its class: a line is file, class, and four numbers of a box. */
  private static Map<String, Integer> annotations(Members members, List<String> classes)
      throws IOException {
    int at = 0;
    while (at < members.names().size() && !members.names().get(at).endsWith(ANNOTATIONS)) {
      at++;
    }
    if (at == members.names().size()) {
      throw new DamagedDataException(members.place() + " must hold " + ANNOTATIONS);
    }
    String text = new String(members.read(at), StandardCharsets.UTF_8);
    Map<String, Integer> labels = new HashMap<>();
    try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split("\t");
        int label = words.length < 2 ? -1 : classes.indexOf(words[1]);
        if (label < 0) {
          throw new DamagedDataException(
              members.title(at) + " must have lines of a file and a class, but has: " + line);
        }
        labels.put(words[0], label);
      }
    }
    return labels;
  }

  private static void requireLabels(PictureSet set, Path place) throws DamagedDataException {
    for (int i = 0; i < set.size(); i++) {
      if (set.label(i) < 0) {
        throw new DamagedDataException(
            place + " must have a class for " + set.fileName(i) + " in " + ANNOTATIONS);
      }
    }
  }
}
