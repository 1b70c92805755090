package condgen.download;

import java.io.IOException;
import java.util.function.Predicate;

/** How the user obtains a file that is missing: the exact command, and what comes before it. */
final class FetchAdvice {
  private FetchAdvice() {}

  /**
   * One or more sentences that begin with "Fetch it with".
   *
   * @param cache whose own entries of the manifest count, too
   * @param id the name of the data set, which the manifest may not have
   * @param which the file that is missing
   */
  static String of(DataCache cache, String id, Predicate<DataFile> which) {
    DataSet set = find(cache, id);
    StringBuilder text = new StringBuilder("Fetch it with: data-downloaders/fetch ").append(id);
    if (set == null) {
      return text.toString();
    }
    set.files().stream()
        .filter(which)
        .findFirst()
        .filter(DataFile::optional)
        .ifPresent(file -> text.append('/').append(file.name()));
    switch (set.gate()) {
      case NONE -> {}
      case ACCEPT ->
          text.append(" --accept (if you accept its terms: ").append(set.terms()).append(')');
      case LOGIN ->
          text.append(" (it needs your own account; data-downloaders/fetch list ")
              .append(id)
              .append(" says how)");
      case MANUAL ->
          text.append(" after you have obtained it yourself; data-downloaders/fetch list ")
              .append(id)
              .append(" says how");
    }
    if (set.standIn() != null) {
      text.append(". For trying things out there is ").append(set.standIn().id());
      text.append(", which is not the same (").append(set.standIn().difference()).append(')');
    }
    return text.toString();
  }

  /** The entry of a data set; null when no entry can be read that has this name. */
  private static DataSet find(DataCache cache, String id) {
    Manifest manifest;
    try {
      manifest = Manifest.with(cache);
    } catch (IOException e) {
      manifest = Manifest.standard(); // The doctor tells of the damaged entry.
    }
    return manifest.ids().contains(id) ? manifest.get(id) : null;
  }
}
