package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * AMASS in the user's cache: a folder per sub-set, under its name of today or an older one, as the
 * user has obtained them under AMASS's licence. {@code data-downloaders/fetch amass} says how and
 * takes the archives in. {@link MotionCapture} is real movement that needs no account; it is not
 * AMASS.
 *
 * <p>Chapter 5 takes every frame of every file, at whatever rate it was recorded.
 */
public final class Amass {

  private static final String DATA_SET = "amass";

  private Amass() {}

  /**
   * The recordings of one part in the order of their paths; {@link AmassMotion#read} reads one.
   * Which sub-sets are there is the user's affair: a part of them is a part of AMASS, and a table
   * should say so.
   *
   * @throws MissingDataException when no recording of that part is there
   * @throws IOException when the directories cannot be read
   */
  public static List<Path> files(AmassSplit split) throws IOException {
    return files(DataCache.standard(), split);
  }

  /** As {@link #files(AmassSplit)}, where no exception is declared. */
  static List<Path> part(AmassSplit split) {
    try {
      return files(split);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  static List<Path> files(DataCache cache, AmassSplit split) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders(cache)) {
      if (AmassSplit.of(folder.getFileName().toString()) == split) {
        files.addAll(AmassMotion.files(folder));
      }
    }
    if (files.isEmpty()) {
      throw new MissingDataException(
          String.format(
              "no recordings of AMASS for %s are there: looked for folders of sub-sets with"
                  + " *_poses.npz in %s. How to obtain them, and to put them there:"
                  + " data-downloaders/fetch amass. MotionCapture has other movements, which need"
                  + " no account",
              split, cache.directory(DATA_SET)));
    }
    return files;
  }

  /** The sub-sets that are there, by their names of today. */
  public static List<String> subsets() throws IOException {
    return subsets(DataCache.standard());
  }

  static List<String> subsets(DataCache cache) throws IOException {
    return folders(cache).stream()
        .map(folder -> AmassSplit.name(folder.getFileName().toString()))
        .sorted()
        .toList();
  }

  private static List<Path> folders(DataCache cache) throws IOException {
    Path directory = cache.directory(DATA_SET);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isDirectory)
          .filter(f -> !f.getFileName().toString().equals("drop"))
          .sorted()
          .toList();
    }
  }
}
