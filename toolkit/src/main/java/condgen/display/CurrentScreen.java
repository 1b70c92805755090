package condgen.display;

import java.util.concurrent.atomic.AtomicReference;

/** Holds the one screen of the process. */
final class CurrentScreen {
  private static final AtomicReference<Screen> SCREEN =
      new AtomicReference<>(new ConsoleScreen(System.out));

  private CurrentScreen() {}

  static Screen get() {
    return SCREEN.get();
  }

  static Screen set(Screen screen) {
    if (screen == null) {
      throw new IllegalArgumentException("screen must be a Screen, but is null");
    }
    return SCREEN.getAndSet(screen);
  }
}
