package condgen.download;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fetch excerpt}: makes the small data sets that the tests of the toolkit read. */
@Command(
    name = "excerpt",
    hidden = true,
    description = "Writes the first records of a cached MNIST-like data set as gzipped IDX files.")
final class ExcerptCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Parameters(paramLabel = "NAME", description = "mnist or fashion-mnist")
  private String name;

  @Option(names = "--train", required = true, description = "records of the training set")
  private int train;

  @Option(names = "--test", required = true, description = "records of the test set")
  private int test;

  @Option(names = "--dir", required = true, description = "files go to DIR/NAME/*.gz")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    DataSet set = Manifest.standard().get(name);
    Path into = Files.createDirectories(DataCache.at(directory).directory(name));
    for (DataFile file : set.files()) {
      Path from = DataCache.standard().directory(name).resolve(file.name());
      if (file.idx() == null || !Files.isRegularFile(from)) {
        throw new FetchException("need the IDX file " + from + "; data-downloaders/fetch " + name);
      }
      int count = file.name().startsWith("train") ? train : test;
      IdxExcerpt.write(from, count, into.resolve(file.name() + ".gz"));
      System.out.println(into.resolve(file.name() + ".gz") + ": " + count + " records");
    }
    return 0;
  }
}
