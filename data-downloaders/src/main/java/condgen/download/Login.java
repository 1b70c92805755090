package condgen.download;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the name and password of an account are used for one run. They come from two environment
 * variables, go to the one address here and are never stored or shown.
 *
 * @param url where the form is sent
 * @param nameField the form's field for the name
 * @param passwordField the form's field for the password
 * @param fields further fields of the form
 * @param nameVariable the environment variable of the name
 * @param passwordVariable the environment variable of the password
 * @param md5Url where the server tells a logged-in session the MD5 of the file; null when it does
 *     not
 */
public record Login(
    URI url,
    String nameField,
    String passwordField,
    Map<String, String> fields,
    String nameVariable,
    String passwordVariable,
    URI md5Url) {
  /** Fills in what a manifest may leave out. */
  public Login {
    fields = fields == null ? Map.of() : new LinkedHashMap<>(fields);
  }
}
