package condgen.download;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Downloads that a server gives to the holders of an account. Name and password come from the
 * environment, are sent to the login address of the manifest alone, which no redirect can change,
 * and are neither stored nor shown. The session's cookie goes back to the server that set it.
 */
final class LoginSource implements Source {
  private static final Pattern MD5 = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

  private final HttpDownload.Patience patience;
  private final FreeSpace space;
  private final FetchListener listener;
  private final UnaryOperator<String> environment;
  private HttpClient session;

  /**
   * @param environment the value of an environment variable, or null
   */
  LoginSource(
      HttpDownload.Patience patience,
      FreeSpace space,
      FetchListener listener,
      UnaryOperator<String> environment) {
    this.patience = patience;
    this.space = space;
    this.listener = listener;
    this.environment = environment;
  }

  @Override
  public String name() {
    return "your account";
  }

  @Override
  public boolean serves(Gate gate) {
    return gate == Gate.LOGIN;
  }

  @Override
  public String obtain(DataSet set, DataFile file, Path part)
      throws IOException, InterruptedException {
    Download download = file.download();
    if (set.login() == null || download == null || download.urls().isEmpty()) {
      throw new FetchException("there is no address for " + file.name());
    }
    if (session == null) {
      session = open(set.login());
    }
    Fingerprint expected = withMd5(set.login(), file.content());
    HttpDownload http = new HttpDownload(session, patience, space, listener);
    URI url = download.urls().get(0);
    http.fetch(url, part, expected);
    Optional<String> difference = expected.differenceFrom(part);
    if (difference.isPresent()) {
      Files.deleteIfExists(part);
      throw new FetchException(url + ": " + difference.get());
    }
    return url.toString();
  }

  private HttpClient open(Login login) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put(login.nameField(), value(login.nameVariable(), login));
    form.put(login.passwordField(), value(login.passwordVariable(), login));
    form.putAll(login.fields());
    HttpClient client =
        HttpDownload.client(patience)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER))
            .build();
    HttpClient once =
        HttpDownload.client(patience)
            .cookieHandler(client.cookieHandler().orElseThrow())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(login.url())
            .timeout(patience.connect())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    HttpResponse<Void> response;
    try {
      response = once.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      throw new FetchException(login.url() + ": " + HttpDownload.reason(e), e);
    }
    if (response.statusCode() >= 400) {
      throw new FetchException(
          login.url() + ": the server answered " + response.statusCode() + " to the login");
    }
    return client;
  }

  private String value(String variable, Login login) throws FetchException {
    String value = environment.apply(variable);
    if (value == null || value.isBlank()) {
      throw new FetchException(
          "set the environment variables "
              + login.nameVariable()
              + " and "
              + login.passwordVariable()
              + " for this run; "
              + variable
              + " is not set");
    }
    return value;
  }

  /** The MD5 that the server tells this session; that it tells one shows that the login worked. */
  private Fingerprint withMd5(Login login, Fingerprint known)
      throws IOException, InterruptedException {
    if (login.md5Url() == null) {
      return known;
    }
    HttpRequest request =
        HttpRequest.newBuilder(login.md5Url()).timeout(patience.connect()).build();
    HttpResponse<String> response;
    try {
      response = session.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new FetchException(login.md5Url() + ": " + HttpDownload.reason(e), e);
    }
    Matcher md5 = MD5.matcher(response.body());
    if (response.statusCode() != 200 || response.body().length() > 4096 || !md5.find()) {
      session = null;
      throw new FetchException(
          login.md5Url()
              + ": expected an MD5, got status "
              + response.statusCode()
              + " and another text. Either name or password is wrong, or the account has not"
              + " accepted the terms on the web site");
    }
    return new Fingerprint(known.bytes(), md5.group().toLowerCase(Locale.ROOT), null, null, false);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            e ->
                URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
