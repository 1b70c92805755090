package condgen.display;

/** Something that can be drawn: the last value of a notebook cell may be one. */
public interface Drawable {
  /** Draws it. */
  Picture picture();
}
