package condgen.download;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data sets that are known, one JSON file each: those of this project, and those that a user
 * adds in the directory {@code manifest} of the cache. They are in the order of their {@link Kind},
 * then of their names.
 */
public final class Manifest {
  /** The directory of the user's own entries, in the cache. */
  static final String DIRECTORY = "manifest";

  private static final Comparator<DataSet> ORDER =
      Comparator.comparing(DataSet::kind).thenComparing(DataSet::id);

  private final Map<String, DataSet> sets = new LinkedHashMap<>();

  private Manifest(List<DataSet> all) {
    all.forEach(set -> sets.put(set.id(), set));
  }

  /** The data sets of this project. */
  public static Manifest standard() {
    return new Manifest(
        ManifestResources.names().stream()
            .map(name -> parse(new StringReader(ManifestResources.text(name))))
            .sorted(ORDER)
            .toList());
  }

  /**
   * The data sets of this project, then those of a cache.
   *
   * @throws FetchException naming the entry that is damaged, or that has the name of another
   */
  public static Manifest with(DataCache cache) throws IOException {
    Map<String, DataSet> all = standard().sets;
    for (Path file : ownEntries(cache)) {
      DataSet set = read(file);
      if (all.putIfAbsent(set.id(), set) != null) {
        throw new FetchException(file + " has the id '" + set.id() + "' of another entry");
      }
    }
    return new Manifest(all.values().stream().sorted(ORDER).toList());
  }

  /** The files of the user's own entries, in the order of their names. */
  static List<Path> ownEntries(DataCache cache) throws IOException {
    Path directory = cache.root().resolve(DIRECTORY);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Reads one of the user's own entries. */
  static DataSet read(Path file) throws IOException {
    try (Reader json = Files.newBufferedReader(file)) {
      return ManifestEntry.read(json, file.toString());
    }
  }

  static Manifest of(DataSet... sets) {
    return new Manifest(List.of(sets));
  }

  /** Reads one entry of this project. */
  static DataSet parse(Reader json) {
    try {
      return ManifestEntry.read(json, "the entry");
    } catch (FetchException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The names of all data sets. */
  public List<String> ids() {
    return List.copyOf(sets.keySet());
  }

  /** All data sets. */
  public List<DataSet> all() {
    return List.copyOf(sets.values());
  }

  /**
   * The entry of one data set.
   *
   * @throws UnknownDataSetException listing the known names when there is none
   */
  public DataSet get(String id) {
    DataSet set = sets.get(id);
    if (set == null) {
      throw new UnknownDataSetException(id, ids());
    }
    return set;
  }
}
