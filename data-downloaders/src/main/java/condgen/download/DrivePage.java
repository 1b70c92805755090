package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that Google Drive sends instead of a large file, to say that it was not scanned for
 * viruses. Its form has the address of the file; that must be on one of Drive's own hosts.
 */
final class DrivePage {
  private static final Set<String> HOSTS =
      Set.of("drive.google.com", "docs.google.com", "drive.usercontent.google.com");
  private static final int LONGEST = 1 << 20;
  // No tag within a tag: the search takes time in proportion to the page, whatever is in it.
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^<>]*)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern INPUT =
      Pattern.compile("<input\\b([^<>]*)>", Pattern.CASE_INSENSITIVE);

  private final Set<String> hosts;

  DrivePage() {
    this(HOSTS);
  }

  /**
   * @param hosts the hosts that send such pages and that their forms may name
   */
  DrivePage(Set<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * Reads the page when an answer is one.
   *
   * @return the address of the file; empty when the answer is none of Drive's pages, and its body
   *     is then untouched
   * @throws FetchException when Drive says that it does not give the file
   */
  Optional<URI> confirmed(HttpResponse<InputStream> response) throws IOException {
    URI page = response.uri();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (response.statusCode() != 200
        || !hosts.contains(String.valueOf(page.getHost()))
        || !type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      return Optional.empty();
    }
    String text;
    try (InputStream body = response.body()) {
      text = new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
    }
    Optional<URI> next = address(page, text);
    if (next.isEmpty()) {
      boolean quota = text.toLowerCase(Locale.ROOT).contains("quota");
      throw new FetchException(
          page
              + ": Google Drive sent a web page instead of the file"
              + (quota ? ": its quota for this file is used up; try again in a day" : ""));
    }
    return next;
  }

  private Optional<URI> address(URI page, String text) throws FetchException {
    Matcher form = FORM.matcher(text);
    while (form.find()) {
      if (!"download-form".equals(attribute(form.group(1), "id"))) {
        continue;
      }
      List<String> query = new ArrayList<>();
      int end = text.indexOf("</form", form.end());
      Matcher input = INPUT.matcher(text.substring(form.end(), end < 0 ? text.length() : end));
      while (input.find()) {
        String name = attribute(input.group(1), "name");
        String value = attribute(input.group(1), "value");
        if (!name.isEmpty()) {
          query.add(encoded(name) + "=" + encoded(value));
        }
      }
      return Optional.of(ownHost(page, attribute(form.group(1), "action"), query));
    }
    return Optional.empty();
  }

  private URI ownHost(URI page, String action, List<String> query) throws FetchException {
    try {
      URI base = page.resolve(action);
      String separator = base.getRawQuery() == null ? "?" : "&";
      URI to = URI.create(base + separator + String.join("&", query));
      if (hosts.contains(String.valueOf(to.getHost()))
          && page.getScheme().equals(to.getScheme())
          && to.getRawUserInfo() == null) {
        return to;
      }
      throw new FetchException(page + ": its form leads to " + to + ", which is not followed");
    } catch (IllegalArgumentException e) {
      throw new FetchException(page + ": its form leads to '" + action + "', no address", e);
    }
  }

  /** The value of an attribute in a tag; empty when it is not there. */
  private static String attribute(String tag, String name) {
    Matcher m =
        Pattern.compile("\\b" + name + "\\s*=\\s*\"([^\"]*)\"", Pattern.CASE_INSENSITIVE)
            .matcher(tag);
    return m.find() ? m.group(1).replace("&quot;", "\"").replace("&amp;", "&") : "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
