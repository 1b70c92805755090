package condgen.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures of any origin in a folder, a zip or a tar archive. Files that end in png, jpg or jpeg
 * count, in the order of their names.
 */
public final class PictureFolder {
  private static final Pattern PICTURE = Pattern.compile("(?i).*\\.(png|jpe?g)");
  private static final Pattern CLASS = Pattern.compile("(?:.*/)?([^/]+)/[^/]+");

  private PictureFolder() {}

  /**
   * Pictures without labels.
   *
   * @param place folder, zip or tar archive
   * @throws DamagedDataException if it holds none, or is a damaged archive
   * @throws IOException if it cannot be read
   */
  public static PictureSet unlabelled(Path place) throws IOException {
    return all(place.getFileName().toString(), Members.open(place));
  }

  /**
   * Pictures whose class is the folder they are in: {@code CLASS/NAME.png}. Classes are numbered in
   * the order of their names.
   *
   * @param place folder, zip or tar archive
   * @throws DamagedDataException if it holds none, or is a damaged archive
   * @throws IOException if it cannot be read
   */
  public static PictureSet labelled(Path place) throws IOException {
    return byFolder(place.getFileName().toString(), Members.open(place));
  }

  static PictureSet all(String name, Members members) throws IOException {
    return matching(name, members, PICTURE, List.of(), file -> -1);
  }

  static PictureSet byFolder(String name, Members members) throws IOException {
    TreeSet<String> classes = new TreeSet<>();
    for (String file : members.names()) {
      if (PICTURE.matcher(file).matches()) {
        classes.add(folder(file));
      }
    }
    List<String> names = List.copyOf(classes);
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(text -> numbers.put(text, numbers.size()));
    return matching(name, members, PICTURE, names, file -> numbers.get(folder(file)));
  }

  /**
   * The members whose names match. Closes the members when it throws.
   *
   * @param label gives the class of a file
   */
  static PictureSet matching(
      String name,
      Members members,
      Pattern files,
      List<String> classNames,
      ToIntFunction<String> label)
      throws IOException {
    try {
      List<Integer> places = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      int i = 0;
      for (String file : members.names()) {
        if (files.matcher(file).matches()) {
          places.add(i);
          labels.add(label.applyAsInt(file));
        }
        i++;
      }
      return new PictureSet(name, members, classNames, array(places), array(labels));
    } catch (IOException | RuntimeException e) {
      members.close();
      throw e;
    }
  }

  private static String folder(String file) {
    Matcher match = CLASS.matcher(file);
    return match.matches() ? match.group(1) : "";
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
