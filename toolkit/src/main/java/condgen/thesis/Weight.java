package condgen.thesis;

/** How much an erratum matters to somebody who uses the printed form. */
public enum Weight {
  /** The entry is no erratum. */
  NONE,
  /** The printed form gives a wrong result. */
  MAJOR,
  /** A dropped constant, an index or a step of a derivation; the end result is right. */
  MINOR,
  /** A caption, a label, a citation or a sentence; no formula. */
  TEXT;

  static Weight of(String label) {
    return switch (label) {
      case "" -> NONE;
      case "major" -> MAJOR;
      case "minor" -> MINOR;
      case "text" -> TEXT;
      default ->
          throw new IllegalArgumentException(
              "weight '" + label + "' is none of major, minor, text or empty");
    };
  }
}
