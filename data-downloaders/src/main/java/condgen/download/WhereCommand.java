package condgen.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fetch where}: the directory of the cache, of a data set, or the path of a file. */
@Command(
    name = "where",
    description =
        "Prints where the cache, a data set or a file of it lies, for scripts. Exit code 1 when it is"
            + " not there; the path is printed all the same.")
final class WhereCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a data set, or NAME/FILE")
  private String name;

  @Mixin private final Place place = new Place();

  @Override
  public Integer call() throws IOException {
    DataCache cache = place.cache();
    if (name == null) {
      System.out.println(cache.root());
      return Files.isDirectory(cache.root()) ? 0 : 1;
    }
    int slash = name.indexOf('/');
    DataSet set = Manifest.with(cache).get(slash < 0 ? name : name.substring(0, slash));
    Path directory = cache.directory(set.id());
    if (slash < 0) {
      System.out.println(directory);
      return ListCommand.state(set, directory).equals("there") ? 0 : 1;
    }
    DataFile file =
        set.file(name.substring(slash + 1))
            .orElseThrow(
                () ->
                    new UnknownDataSetException(
                        name, set.files().stream().map(f -> set.id() + "/" + f.name()).toList()));
    System.out.println(file.placeIn(directory));
    return file.isIn(directory) ? 0 : 1;
  }
}
