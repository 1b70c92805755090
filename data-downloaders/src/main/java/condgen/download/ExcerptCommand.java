package condgen.download;

import java.io.IOException;
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
    description = "Writes the first records of a cached data set of IDX or record files, gzipped.")
final class ExcerptCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and exit")
  private boolean help;

  @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist or cifar10")
  private String name;

  @Option(names = "--train", required = true, description = "records of each file for training")
  private int train;

  @Option(names = "--test", required = true, description = "records of each file for testing")
  private int test;

  @Option(names = "--dir", required = true, description = "files go to DIR/NAME/*.gz")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    DataSet set = Manifest.standard().get(name);
    Path into = Files.createDirectories(DataCache.at(directory).directory(name));
    for (DataFile file : set.files()) {
      Path from = DataCache.standard().directory(name).resolve(file.name());
      if (!Files.isRegularFile(from)) {
        throw new FetchException("need the file " + from + "; data-downloaders/fetch " + name);
      }
      int count = file.name().startsWith("t10k") || file.name().startsWith("test") ? test : train;
      write(file, from, count, into.resolve(file.name() + ".gz"));
      System.out.println(into.resolve(file.name() + ".gz") + ": " + count + " records");
    }
    return 0;
  }

  private static void write(DataFile file, Path from, int count, Path to) throws IOException {
    if (file.idx() != null) {
      IdxExcerpt.write(from, count, to);
    } else if (file.recordBytes() != null) {
      RecordExcerpt.write(from, file.recordBytes(), count, to);
    } else {
      throw new FetchException(file.name() + " is neither an IDX file nor made of records");
    }
  }
}
