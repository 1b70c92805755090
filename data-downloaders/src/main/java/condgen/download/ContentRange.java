package condgen.download;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of the part of a file it sends.
 *
 * @param start the first byte it sends; -1 when it does not say
 * @param total the length of the whole file; -1 when it does not say
 */
record ContentRange(long start, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)");

  /** Reads the value of a {@code Content-Range} header. */
  static ContentRange of(Optional<String> header) {
    Matcher m = FORM.matcher(header.orElse("").trim());
    return m.matches()
        ? new ContentRange(number(m.group(1)), number(m.group(2)))
        : new ContentRange(-1, -1);
  }

  private static long number(String digits) {
    return digits == null ? -1 : Long.parseLong(digits);
  }
}
