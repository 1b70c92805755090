package condgen.download;

import java.util.List;
import java.util.Optional;

/**
 * The manifest entry of one data set.
 *
 * @param id its name on the command line and in the cache
 * @param title what it is, in one line
 * @param gate what a person must do first
 * @param licence the licence, in a few words
 * @param terms what the licence asks for, in one or two sentences
 * @param citation the publication to cite
 * @param files its files
 * @param packages packages that carry them, best first
 */
public record DataSet(
    String id,
    String title,
    Gate gate,
    String licence,
    String terms,
    String citation,
    List<DataFile> files,
    List<PackageEntry> packages) {

  /** Fills in what a manifest may leave out. */
  public DataSet {
    files = files == null ? List.of() : List.copyOf(files);
    packages = packages == null ? List.of() : List.copyOf(packages);
  }

  /** The file of this name. */
  public Optional<DataFile> file(String name) {
    return files.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** The sum of the published lengths of all files, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(f -> Math.max(0, f.content().bytesOr())).sum();
  }
}
