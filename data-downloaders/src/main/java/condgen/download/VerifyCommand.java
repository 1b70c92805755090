package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fetch verify}: compares the files that are there with the manifest. */
@Command(
    name = "verify",
    description = "Checks length, hashes and counts of every file of the data sets.")
final class VerifyCommand implements Callable<Integer> {
  private static final String RIGHT = "right";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "data sets or NAME/FILE; without a name, all that are in the cache")
  private final List<String> names = new ArrayList<>();

  @Mixin private final Place place = new Place();

  @Override
  public Integer call() throws IOException {
    DataCache cache = place.cache();
    Manifest manifest = Manifest.with(cache);
    List<DataSet> sets =
        names.isEmpty()
            ? manifest.all().stream()
                .filter(s -> Files.isDirectory(cache.directory(s.id())))
                .toList()
            : new Selection(manifest).of(names, false, id -> List.of(cache.directory(id)));
    if (sets.isEmpty()) {
      System.out.println("no data set is in " + cache);
    }
    Set<String> wrong = new LinkedHashSet<>();
    for (DataSet set : sets) {
      for (DataFile file : set.files()) {
        if (file.optional() && !file.isIn(cache.directory(set.id()))) {
          continue;
        }
        String result = result(cache.directory(set.id()), file);
        System.out.println(set.id() + "/" + file.name() + ": " + result);
        if (!result.equals(RIGHT)) {
          wrong.add(set.id());
        }
      }
    }
    if (wrong.isEmpty()) {
      return 0;
    }
    String names = String.join(" ", wrong);
    System.out.println("not right: " + names + "; mend with: data-downloaders/fetch " + names);
    return 1;
  }

  private static String result(Path directory, DataFile file) throws IOException {
    if (!file.isIn(directory)) {
      return "missing from " + directory;
    }
    return new FirstUse(directory).differenceFrom(file).map(d -> "damaged: " + d).orElse(RIGHT);
  }
}
