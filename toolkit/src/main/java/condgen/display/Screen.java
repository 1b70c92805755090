package condgen.display;

/**
 * Whoever shows pictures: a notebook's kernel, a test, or the console, which is the default and
 * prints text alternatives. Implementations may be called from any thread.
 */
public interface Screen {
  /**
   * Shows a picture.
   *
   * @return an id for {@link #update}
   */
  String show(Picture picture);

  /** Replaces, in place where possible, the picture shown under {@code id}. */
  void update(String id, Picture picture);

  /** Whether only text alternatives are shown, so that drawing an image would be in vain. */
  default boolean isTextOnly() {
    return false;
  }

  /** The screen of this process. */
  static Screen current() {
    return CurrentScreen.get();
  }

  /**
   * Makes {@code screen} the screen of this process.
   *
   * @return the screen before
   */
  static Screen install(Screen screen) {
    return CurrentScreen.set(screen);
  }
}
