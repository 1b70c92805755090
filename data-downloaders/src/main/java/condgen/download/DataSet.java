package condgen.download;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param steps what a person does by hand when the gate is closed, in order; empty otherwise
 * @param login how an account is used when the gate is {@link Gate#LOGIN}; null otherwise
 * @param splits which part is for what, by name: rules, or lists of parts
 * @param standIn the data set that is used in its place without the web, and what it is not; null
 *     when there is none
 * @param remarks what is doubtful or surprising about it
 * @param kind what it is made of
 */
public record DataSet(
    String id,
    String title,
    Gate gate,
    String licence,
    String terms,
    String citation,
    List<DataFile> files,
    List<PackageEntry> packages,
    List<String> steps,
    Login login,
    Map<String, List<String>> splits,
    StandIn standIn,
    List<String> remarks,
    Kind kind) {

  /**
   * Another data set that is used when this one cannot be had.
   *
   * @param id the other set
   * @param difference what the other is not
   */
  public record StandIn(String id, String difference) {}

  /** Fills in what a manifest may leave out. */
  public DataSet {
    files = files == null ? List.of() : List.copyOf(files);
    packages = packages == null ? List.of() : List.copyOf(packages);
    steps = steps == null ? List.of() : List.copyOf(steps);
    splits = splits == null ? Map.of() : new LinkedHashMap<>(splits);
    remarks = remarks == null ? List.of() : List.copyOf(remarks);
    kind = kind == null ? Kind.OTHER : kind;
  }

  /** A set without anything to do by hand. */
  public DataSet(
      String id,
      String title,
      Gate gate,
      String licence,
      String terms,
      String citation,
      List<DataFile> files,
      List<PackageEntry> packages) {
    this(
        id, title, gate, licence, terms, citation, files, packages, null, null, null, null, null,
        null);
  }

  /** The file of this name. */
  public Optional<DataFile> file(String name) {
    return files.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** The files that are fetched when only the set is named. */
  public List<DataFile> usual() {
    return files.stream().filter(f -> !f.optional()).toList();
  }

  /** The same set with these files alone. */
  DataSet only(List<DataFile> chosen) {
    return new DataSet(
        id, title, gate, licence, terms, citation, chosen, packages, steps, login, splits, standIn,
        remarks, kind);
  }

  /** The sum of the lengths of the usual files, in bytes, as far as anything is known of them. */
  public long bytes() {
    return usual().stream().mapToLong(DataFile::bytes).sum();
  }
}
