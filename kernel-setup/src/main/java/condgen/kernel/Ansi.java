package condgen.kernel;

/** The terminal colours that front ends understand in error reports. */
final class Ansi {
  private Ansi() {}

  static String error(String text) {
    return "\u001b[1;31m" + text + "\u001b[0m";
  }

  static String place(String text) {
    return "\u001b[1;34m" + text + "\u001b[0m";
  }

  static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
