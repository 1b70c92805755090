package condgen.download;

/** What a status of HTTP that is no success means for somebody who waits for a file. */
final class Status {
  private Status() {}

  /** A phrase such as "the server answered 404 (not there)". */
  static String describe(int status) {
    String meaning =
        switch (status) {
          case 401, 403 -> " (not allowed)";
          case 404, 410 -> " (not there)";
          case 407 -> " (the proxy wants a name and password)";
          case 429 -> " (asked too often; try again later)";
          default -> status >= 500 ? " (the server has trouble; try again later)" : "";
        };
    return "the server answered " + status + meaning;
  }
}
