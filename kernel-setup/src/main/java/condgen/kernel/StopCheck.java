package condgen.kernel;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The question that every loop of a cell asks: has somebody interrupted this cell?
 *
 * <p>{@link StopCheckWeaver} adds a call of {@link #check()} to each backward jump and each method
 * entry of the code that cells compile to, and to the loops of the {@code condgen} library. While
 * nobody interrupts, the question costs one read of a field.
 */
public final class StopCheck {
  private static final Set<CellRun> STOPPING = ConcurrentHashMap.newKeySet();
  private static final InheritableThreadLocal<CellRun> RUN = new InheritableThreadLocal<>();

  /**
   * Classes and methods of the library that must not end half-way: some parameters would have taken
   * a step and others not, or arrays would stay recorded as open.
   */
  private static final Set<String> WHOLE =
      Set.of(
          "condgen.training.Adam",
          "condgen.training.ExponentialMovingAverage",
          "condgen.tensor.Scope.close");

  private static volatile boolean armed;

  private StopCheck() {}

  /**
   * Returns at once unless the cell that this thread works for has been interrupted.
   *
   * @throws CellInterrupted if it has
   */
  public static void check() {
    if (armed) {
      CellRun run = RUN.get();
      if (run != null && run.stopsThisThreadNow()) {
        throw new CellInterrupted();
      }
    }
  }

  /**
   * The same question, asked by the loops of a library: it gives them the time to see {@link
   * Thread#isInterrupted()} themselves and to stop between two steps of their work. Inside {@link
   * #WHOLE}, and in whatever that calls, it never throws; the next check after that does.
   *
   * @throws CellInterrupted if the cell was interrupted a while ago
   */
  public static void checkLibrary() {
    if (armed) {
      CellRun run = RUN.get();
      if (run != null && run.isPatienceOver() && !insideWhole() && run.stopsThisThreadNow()) {
        throw new CellInterrupted();
      }
    }
  }

  private static boolean insideWhole() {
    return StackWalker.getInstance()
        .walk(frames -> frames.map(StackFrame::toStackTraceElement).anyMatch(StopCheck::isWhole));
  }

  /** Is {@code thread} at this moment in work that must not end half-way? */
  static boolean insideWhole(Thread thread) {
    return Stream.of(thread.getStackTrace()).anyMatch(StopCheck::isWhole);
  }

  private static boolean isWhole(StackTraceElement frame) {
    return WHOLE.contains(frame.getClassName())
        || WHOLE.contains(frame.getClassName() + "." + frame.getMethodName());
  }

  /** Says which run the current thread, and each thread it will create, works for. */
  static void workFor(CellRun run) {
    RUN.set(run);
  }

  static synchronized void arm(CellRun run) {
    STOPPING.add(run);
    armed = true;
  }

  static synchronized void disarm(CellRun run) {
    STOPPING.remove(run);
    armed = !STOPPING.isEmpty();
  }
}
