package condgen.download;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fetch list}: the data sets, their size, and whether they are there. */
@Command(name = "list", description = "Lists the data sets and whether they are in the cache.")
final class ListCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Mixin private final Place place = new Place();

  @Override
  public Integer call() {
    DataCache cache = place.cache();
    System.out.println("in " + cache + ":");
    for (DataSet set : Manifest.standard().all()) {
      System.out.printf(
          "%-14s %-8s %9s  %s%n",
          set.id(),
          state(set, cache.directory(set.id())),
          set.bytes() == 0 ? "?" : ConsoleListener.size(set.bytes()),
          set.title());
    }
    return 0;
  }

  private static String state(DataSet set, Path directory) {
    long there =
        set.files().stream().filter(f -> Files.isRegularFile(directory.resolve(f.name()))).count();
    return there == set.files().size() ? "there" : there == 0 ? "-" : "partly";
  }
}
