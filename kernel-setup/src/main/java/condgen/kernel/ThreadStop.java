package condgen.kernel;

import java.lang.reflect.InvocationTargetException;

/** The JDK's own forced stop of a thread, which JDK 20 took away. */
final class ThreadStop {
  private static final int LAST_JDK_THAT_STOPS = 19;

  private ThreadStop() {}

  /** Stops {@code thread} by force; false where the JDK cannot. */
  static boolean attempt(Thread thread) {
    if (Runtime.version().feature() > LAST_JDK_THAT_STOPS) {
      return false;
    }
    try {
      // By reflection: the method is marked for removal.
      Thread.class.getMethod("stop").invoke(thread);
      return true;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
