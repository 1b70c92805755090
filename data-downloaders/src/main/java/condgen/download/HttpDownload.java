package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Downloads one address into a {@code .part} file and continues one that was interrupted. A {@link
 * FetchException} means that this address will not do; what was received so far stays in the part
 * file unless it is known to be wrong.
 */
final class HttpDownload {
  private final WebClient web;
  private final DrivePage drive;
  private final Patience patience;
  private final FreeSpace space;
  private final FetchListener listener;

  /**
   * How long to wait for a server.
   *
   * @param connect for the connection, and for the first byte of an answer
   * @param stall between two pieces of data
   * @param attempts how often a broken transfer is continued
   * @param pause between two attempts
   */
  record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), 4, Duration.ofSeconds(2));
  }

  HttpDownload(Patience patience, FreeSpace space, FetchListener listener) {
    this(
        WebClient.plain(patience.connect(), EnvironmentProxy.standard()),
        new DrivePage(),
        patience,
        space,
        listener);
  }

  /** Downloads with a client that may have a session. */
  HttpDownload(
      WebClient web, DrivePage drive, Patience patience, FreeSpace space, FetchListener listener) {
    this.web = web;
    this.drive = drive;
    this.patience = patience;
    this.space = space;
    this.listener = listener;
  }

  /**
   * Makes {@code part} complete, continuing from its present length.
   *
   * @param expected what is known of the content; the length is checked here, hashes are not
   */
  void fetch(URI url, Path part, Fingerprint expected) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(url, part, expected);
        new PartTag(part).forget();
        return;
      } catch (FetchException e) {
        throw e;
      } catch (ConnectException | HttpTimeoutException | SSLHandshakeException e) {
        throw new NoConnectionException(url + ": no connection (" + reason(e) + ")", e);
      } catch (IOException e) {
        if (attempt >= patience.attempts()) {
          throw new FetchException(
              String.format(
                  "%s: the transfer broke off (%s); %,d bytes are kept in %s",
                  url, reason(e), PartFile.length(part), part.getFileName()),
              e);
        }
        Thread.sleep(patience.pause().toMillis());
      } finally {
        listener.finished(PartFile.label(part));
      }
    }
  }

  private void attempt(URI url, Path part, Fingerprint known)
      throws IOException, InterruptedException {
    long expected = known.bytesOr();
    if (expected >= 0 && PartFile.length(part) > expected) {
      Files.delete(part);
    }
    long have = PartFile.length(part);
    if (have == expected) {
      return;
    }
    PartTag tag = new PartTag(part);
    HttpResponse<InputStream> response = ask(url, have, tag);
    try (InputStream body = response.body()) {
      ContentRange range = ContentRange.of(response.headers().firstValue("Content-Range"));
      switch (response.statusCode()) {
        case 200 -> {
          long offered = response.headers().firstValueAsLong("Content-Length").orElse(-1);
          refuseHtml(url, response);
          refuseOtherLength(url, offered, expected);
          if (!known.hasHash()) {
            tag.keep(response.headers());
          }
          receive(url, body, part, 0, offered >= 0 ? offered : expected);
        }
        case 206 -> {
          refuseHtml(url, response);
          if (range.start() != have
              || (expected >= 0 && range.total() >= 0 && range.total() != expected)) {
            PartFile.restart(
                part, "the server continues with " + range + " instead of byte " + have);
          }
          receive(url, body, part, have, range.total() >= 0 ? range.total() : expected);
        }
        case 416 -> {
          if (range.total() != have || expected >= 0) {
            PartFile.restart(part, "the server has nothing after byte " + have);
          }
        }
        default -> throw new FetchException(url + ": " + Status.describe(response.statusCode()));
      }
    }
  }

  /** Asks for what is missing, also behind the page that Google Drive puts before large files. */
  private HttpResponse<InputStream> ask(URI url, long have, PartTag tag)
      throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (have > 0) {
      headers.put("Range", "bytes=" + have + "-");
      tag.read().ifPresent(t -> headers.put("If-Range", t));
    }
    HttpResponse<InputStream> response = web.ask("GET", url, headers);
    Optional<URI> confirmed = drive.confirmed(response);
    return confirmed.isEmpty() ? response : web.ask("GET", confirmed.get(), headers);
  }

  private static void refuseOtherLength(URI url, long offered, long expected)
      throws FetchException {
    if (offered >= 0 && expected >= 0 && offered != expected) {
      throw new FetchException(
          String.format("%s: expected %,d bytes, the server offers %,d", url, expected, offered));
    }
  }

  private static void refuseHtml(URI url, HttpResponse<?> response) throws FetchException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw new FetchException(url + ": the server sent a web page instead of the file");
    }
  }

  private void receive(URI url, InputStream body, Path part, long start, long total)
      throws IOException {
    space.require(
        part.toAbsolutePath().getParent(),
        Math.max(0, total - start),
        part.getFileName().toString());
    byte[] buffer = new byte[1 << 16];
    long count = start;
    try (StallGuard guard = new StallGuard(body, patience.stall());
        OutputStream out = PartFile.open(part, start)) {
      for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
        if (count == 0 && WebPage.begins(buffer, n)) {
          throw new FetchException(url + ": the server sent a web page instead of the file");
        }
        count += n;
        if (total >= 0 && count > total) {
          throw new FetchException(
              String.format("%s: the server sent more than the expected %,d bytes", url, total));
        }
        Copy.write(out, buffer, n, part);
        listener.progress(PartFile.label(part), count, total);
      }
    }
    if (total >= 0 && count < total) {
      throw new IOException(String.format("%,d of %,d bytes came", count, total));
    }
  }

  private static int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
    try {
      int n = body.read(buffer);
      guard.alive();
      return n;
    } catch (IOException e) {
      throw guard.explain(e);
    }
  }

  /** Why there was no answer, in words for the user. */
  static String reason(IOException e) {
    if (e instanceof SSLHandshakeException) {
      return "its certificate is not trusted, which is never passed over: " + e.getMessage();
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return "the host name is not known";
      }
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
