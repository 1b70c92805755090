package condgen.download;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the arguments SET and SET/FILE of a command name. */
final class Selection {
  private final Manifest manifest;

  Selection(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * The data sets, each with the files that are meant: the usual ones when only the set is named.
   *
   * @param all whether a set's name means the optional files too
   * @param drop directories in which a person may have put optional files, by the set's name
   * @throws UnknownDataSetException when a set or file is not known
   */
  List<DataSet> of(List<String> names, boolean all, Function<String, List<Path>> drop) {
    Map<String, List<DataFile>> chosen = new LinkedHashMap<>();
    for (String name : names) {
      int slash = name.indexOf('/');
      DataSet set = manifest.get(slash < 0 ? name : name.substring(0, slash));
      List<DataFile> files = chosen.computeIfAbsent(set.id(), id -> new ArrayList<>());
      if (slash >= 0) {
        String file = name.substring(slash + 1);
        add(
            files,
            set.file(file)
                .orElseThrow(
                    () ->
                        new UnknownDataSetException(
                            name,
                            set.files().stream().map(f -> set.id() + "/" + f.name()).toList())));
      } else {
        for (DataFile file : set.files()) {
          if (all || !file.optional() || isDropped(file, drop.apply(set.id()))) {
            add(files, file);
          }
        }
      }
    }
    List<DataSet> sets = new ArrayList<>();
    chosen.forEach((id, files) -> sets.add(manifest.get(id).only(files)));
    return sets;
  }

  private static void add(List<DataFile> files, DataFile file) {
    if (!files.contains(file)) {
      files.add(file);
    }
  }

  private static boolean isDropped(DataFile file, List<Path> directories) {
    return directories.stream().anyMatch(d -> Files.isRegularFile(d.resolve(file.name())));
  }
}
