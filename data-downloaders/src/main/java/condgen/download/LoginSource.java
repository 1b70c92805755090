package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Downloads that a server gives to the holders of an account. Name and password come from the
 * environment or the keyboard, are sent to the login address of the manifest alone, which no
 * redirect can change and which must be https, and are neither stored nor shown. The session's
 * cookie goes back to the server that set it, and is forgotten at the end.
 */
final class LoginSource implements Source {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST = 4096;
  private static final Pattern MD5 = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

  private final HttpDownload.Patience patience;
  private final FreeSpace space;
  private final FetchListener listener;
  private final Secrets secrets;
  private WebClient session;

  LoginSource(
      HttpDownload.Patience patience, FreeSpace space, FetchListener listener, Secrets secrets) {
    this.patience = patience;
    this.space = space;
    this.listener = listener;
    this.secrets = secrets;
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
    HttpDownload http = new HttpDownload(session, new DrivePage(), patience, space, listener);
    URI url = download.urls().get(0);
    http.fetch(url, part, expected);
    Optional<String> difference = expected.differenceFrom(part);
    if (difference.isPresent()) {
      Files.deleteIfExists(part);
      throw new FetchException(url + ": " + difference.get());
    }
    return url.toString();
  }

  private WebClient open(Login login) throws IOException, InterruptedException {
    URI url = login.url();
    if (!"https".equals(url.getScheme()) && !HERE.contains(url.getHost())) {
      throw new FetchException(url + " is not https; no password is sent there");
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put(login.nameField(), value(login.nameVariable(), false, login));
    form.put(login.passwordField(), value(login.passwordVariable(), true, login));
    form.putAll(login.fields());
    WebClient client = WebClient.session(patience.connect(), EnvironmentProxy.standard(), url);
    int status;
    try {
      status = client.login(encoded(form));
    } catch (IOException e) {
      throw new FetchException(url + ": " + HttpDownload.reason(e), e);
    }
    if (status >= 400) {
      throw new FetchException(url + ": the login failed: " + Status.describe(status));
    }
    return client;
  }

  private String value(String variable, boolean hidden, Login login) throws FetchException {
    String value = secrets.get(variable, hidden);
    if (value == null || value.isBlank()) {
      throw new GateException(
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
    String text;
    int status;
    try {
      HttpResponse<InputStream> response = session.ask("GET", login.md5Url(), Map.of());
      try (InputStream body = response.body()) {
        text = new String(body.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
      }
      status = response.statusCode();
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException(login.md5Url() + ": " + HttpDownload.reason(e), e);
    }
    Matcher md5 = MD5.matcher(text);
    if (status != 200 || text.length() > LONGEST || !md5.find()) {
      session = null;
      throw new FetchException(
          login.md5Url()
              + ": expected an MD5, got status "
              + status
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
