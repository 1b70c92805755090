package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks addresses for the first byte of their file, and compares the length that they tell. */
final class WebCheck {
  private static final Map<String, String> FIRST_BYTE = Map.of("Range", "bytes=0-0");

  private final WebClient web;
  private final DrivePage drive;
  private final Map<URI, Answer> known = new HashMap<>();

  WebCheck(WebClient web, DrivePage drive) {
    this.web = web;
    this.drive = drive;
  }

  /**
   * What an address says.
   *
   * @param good whether a fetch from there would begin
   * @param text what came, for the user
   */
  record Answer(boolean good, String text) {}

  /** Asks an address, once in the life of this object. */
  Answer ask(URI url, Fingerprint expected) throws InterruptedException {
    Answer answer = known.get(url);
    if (answer == null) {
      answer = answer(url, expected);
      known.put(url, answer);
    }
    return answer;
  }

  private Answer answer(URI url, Fingerprint expected) throws InterruptedException {
    try {
      HttpResponse<InputStream> response = web.ask("GET", url, FIRST_BYTE);
      Optional<URI> confirmed = drive.confirmed(response);
      if (confirmed.isPresent()) {
        response = web.ask("GET", confirmed.get(), FIRST_BYTE);
      }
      response.body().close();
      return read(response, expected.bytesOr());
    } catch (FetchException e) {
      return new Answer(false, e.getMessage());
    } catch (IOException e) {
      return new Answer(false, "no connection (" + HttpDownload.reason(e) + ")");
    }
  }

  private static Answer read(HttpResponse<InputStream> response, long expected) {
    int status = response.statusCode();
    if (status != 200 && status != 206) {
      return new Answer(false, Status.describe(status));
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      return new Answer(false, "sends a web page instead of the file");
    }
    long length =
        status == 206
            ? ContentRange.of(response.headers().firstValue("Content-Range")).total()
            : response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (length < 0) {
      return new Answer(true, "answers, without a length");
    }
    if (expected >= 0 && length != expected) {
      return new Answer(
          false, String.format("offers %,d bytes, expected are %,d", length, expected));
    }
    String meaning = expected < 0 ? "; its length is not published" : ", as expected";
    String resume = status == 206 ? "" : "; it cannot continue a download";
    return new Answer(true, String.format("offers %,d bytes%s%s", length, meaning, resume));
  }
}
