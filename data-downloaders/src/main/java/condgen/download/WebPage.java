package condgen.download;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Recognises a web page where a data file was expected: a login, a warning, an error. */
final class WebPage {
  private WebPage() {}

  /** Whether the first bytes of a file are those of an HTML page. */
  static boolean begins(byte[] bytes, int length) {
    String text =
        new String(bytes, 0, Math.min(length, 200), StandardCharsets.ISO_8859_1)
            .replace("\u00ef\u00bb\u00bf", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html")
        || text.startsWith("<html")
        || text.startsWith("<head");
  }
}
