package condgen.download;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import java.io.Reader;
import java.nio.file.FileSystems;
import java.util.HashSet;
import java.util.Set;

/** Reads one entry of the manifest and says what is wrong with it. */
final class ManifestEntry {
  private static final Gson GSON = new GsonBuilder().create();

  private ManifestEntry() {}

  /**
   * Reads an entry.
   *
   * @param where the entry, for messages
   * @throws FetchException naming what is missing or wrong
   */
  static DataSet read(Reader json, String where) throws FetchException {
    DataSet set;
    try {
      set = GSON.fromJson(json, DataSet.class);
    } catch (JsonIOException | StackOverflowError e) {
      throw new FetchException(where + " cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
      throw new FetchException(where + " is no entry of the manifest: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new FetchException(where + " is no entry of the manifest: " + e, e);
    }
    require(set != null, where, "is empty");
    require(isPlain(set.id()), where, "must have a plain name as \"id\", but has " + set.id());
    require(set.title() != null, where, "must have a \"title\"");
    require(set.gate() != null, where, "must have the \"gate\" none, accept, login or manual");
    require(set.licence() != null && set.terms() != null, where, "must have licence and terms");
    require(set.citation() != null, where, "must have a \"citation\"");
    require(!set.files().isEmpty(), where, "must have \"files\"");
    require(
        set.gate() != Gate.LOGIN || set.login() != null,
        where,
        "must say how to log in: \"login\"");
    Set<String> names = new HashSet<>();
    for (DataFile file : set.files()) {
      check(file, where, names);
    }
    return set;
  }

  private static void check(DataFile file, String where, Set<String> names) throws FetchException {
    require(
        file != null && isPlain(file.name()),
        where,
        "must have a plain \"name\" for each file, but has " + (file == null ? null : file.name()));
    require(names.add(file.name()), where, "has two files " + file.name());
    Download download = file.download();
    require(
        download == null || isPlain(download.name()),
        where,
        "must have a plain name for the download of " + file.name());
    if (download != null) {
      checkOtherPackings(file, download, where);
    }
    ArchiveContent archive = file.archive();
    if (archive == null) {
      return;
    }
    require(archive.format() != null, where, "must have the format of archive " + file.name());
    require(
        !archive.isUnpacked() || isPlain(archive.directory()) && names.add(archive.directory()),
        where,
        "must have a plain directory of its own for archive " + file.name());
    for (String glob : archive.globs()) {
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (IllegalArgumentException e) {
        throw new FetchException(where + " has a wrong glob '" + glob + "': " + e.getMessage(), e);
      }
    }
  }

  private static void checkOtherPackings(DataFile file, Download download, String where)
      throws FetchException {
    require(
        download.also().isEmpty() || file.content().hasHash(),
        where,
        "must have a hash of " + file.name() + " itself, since it comes in several packings");
    Set<String> names = new HashSet<>(Set.of(download.name()));
    for (Download way : download.also()) {
      require(
          isPlain(way.name()) && names.add(way.name()),
          where,
          "must have a plain name of its own for each packing of " + file.name());
      require(
          way.member() == null && way.also().isEmpty(),
          where,
          "must have \"member\" and \"also\" in the first packing of " + file.name() + " alone");
    }
  }

  static boolean isPlain(String name) {
    return name != null
        && !name.isBlank()
        && !name.startsWith(".")
        && !name.matches(".*[/\\\\:].*")
        && !name.endsWith(".part")
        && !name.equals(DropSource.NAME)
        && name.chars().noneMatch(c -> c < ' ');
  }

  private static void require(boolean right, String where, String what) throws FetchException {
    if (!right) {
      throw new FetchException(where + " " + what);
    }
  }
}
