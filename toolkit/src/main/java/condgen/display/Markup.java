package condgen.display;

/** Escaping for HTML and XML. */
final class Markup {
  private Markup() {}

  static String text(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String attribute(String raw) {
    return text(raw).replace("\"", "&quot;").replace("'", "&#39;").replace("\n", " ");
  }
}
