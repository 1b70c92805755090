package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks web addresses. A request carries nothing of the user. Redirects are followed by this rule:
 * at most {@value #HOPS} of them, to http or https alone, never from https to http, never twice to
 * the same address, never to an address with a name and password in it. A session's cookies go to
 * the host, port and scheme of its login address and nowhere else.
 */
final class WebClient {
  private static final int HOPS = 10;

  private final Duration limit;
  private final HttpClient plain;
  private final HttpClient session;
  private final URI home;

  private WebClient(Duration limit, HttpClient plain, HttpClient session, URI home) {
    this.limit = limit;
    this.plain = plain;
    this.session = session;
    this.home = home;
  }

  /**
   * A client without cookies.
   *
   * @param limit how long to wait for a connection, and for the first byte of an answer
   */
  static WebClient plain(Duration limit, ProxySelector proxies) {
    return new WebClient(limit, builder(limit, proxies).build(), null, null);
  }

  /** A client that keeps the cookies of the host of {@code home} while it exists, in memory. */
  static WebClient session(Duration limit, ProxySelector proxies, URI home) {
    CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
    HttpClient session = builder(limit, proxies).cookieHandler(cookies).build();
    return new WebClient(limit, builder(limit, proxies).build(), session, home);
  }

  private static HttpClient.Builder builder(Duration limit, ProxySelector proxies) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(proxies)
        .connectTimeout(limit);
  }

  /**
   * Asks for what is at an address.
   *
   * @param method {@code GET} or {@code HEAD}
   * @param headers sent to every address on the way
   * @return the answer, which is no redirect; the caller closes its body
   * @throws FetchException when a redirect breaks the rule
   */
  HttpResponse<InputStream> ask(String method, URI url, Map<String, String> headers)
      throws IOException, InterruptedException {
    Set<URI> seen = new HashSet<>();
    URI next = url;
    while (true) {
      seen.add(next);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(next).timeout(limit).method(method, BodyPublishers.noBody());
      headers.forEach(request::header);
      HttpResponse<InputStream> response =
          client(next).send(request.build(), BodyHandlers.ofInputStream());
      Optional<String> location = location(response);
      if (location.isEmpty()) {
        return response;
      }
      response.body().close();
      next = follow(url, next, location.get());
      if (seen.contains(next)) {
        throw new FetchException(url + ": the redirects go round in a circle, at " + next);
      }
      if (seen.size() > HOPS) {
        throw new FetchException(url + ": more than " + HOPS + " redirects, at last to " + next);
      }
    }
  }

  /**
   * Sends a form to the login address; an answer that redirects is not followed, so that the form
   * goes nowhere else.
   *
   * @return the status of the answer
   */
  int login(String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(home)
            .timeout(limit)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return session.send(request, BodyHandlers.discarding()).statusCode();
  }

  private HttpClient client(URI url) {
    return session != null && origin(url).equals(origin(home)) ? session : plain;
  }

  private static String origin(URI url) {
    return (url.getScheme() + "://" + url.getHost() + ":" + url.getPort()).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> location(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 -> response.headers().firstValue("Location");
      default -> Optional.empty();
    };
  }

  /** Where a redirect leads, when the rule lets it. */
  static URI follow(URI url, URI from, String location) throws FetchException {
    URI to;
    try {
      to = from.resolve(location.trim());
    } catch (IllegalArgumentException e) {
      throw new FetchException(url + ": a redirect to '" + location + "', which is no address", e);
    }
    boolean secure = "https".equalsIgnoreCase(to.getScheme());
    boolean web = secure || "http".equalsIgnoreCase(to.getScheme());
    if (!web || to.getHost() == null || to.getRawUserInfo() != null) {
      throw new FetchException(url + ": a redirect to " + to + " is not followed");
    }
    if (!secure && "https".equalsIgnoreCase(from.getScheme())) {
      throw new FetchException(url + ": a redirect from https to " + to + " is not followed");
    }
    return to;
  }
}
