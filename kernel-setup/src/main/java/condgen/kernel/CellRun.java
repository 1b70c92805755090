package condgen.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One execution of one cell: whether it was asked to stop, and whether it has ended. */
final class CellRun {
  /** A thread that was stopped may clean up for this long before it is stopped again. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A library may go on for this long before its loops are stopped too. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

  private final Map<Thread, Long> stoppedAt = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private Timing.Spent spent = new Timing.Spent(0, 0);
  private volatile long askedAt;
  private volatile boolean stopping;
  private volatile String reason = "Interrupted";

  void askToStop(String why) {
    reason = why;
    askedAt = System.nanoTime();
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** True when the run was asked to stop and its libraries have had their time. */
  boolean isPatienceOver() {
    return stopping && System.nanoTime() - askedAt > PATIENCE_NANOS;
  }

  /** Why the run was stopped, as the first words of the message that the reader sees. */
  String reason() {
    return reason;
  }

  /** True when the current thread must throw now; false again while it cleans up. */
  boolean stopsThisThreadNow() {
    if (!stopping) {
      return false;
    }
    long now = System.nanoTime();
    Long last = stoppedAt.get(Thread.currentThread());
    if (last != null && now - last < GRACE_NANOS) {
      return false;
    }
    stoppedAt.put(Thread.currentThread(), now);
    return true;
  }

  /** Counts time that the run's code took on the cell thread. */
  synchronized void spend(Timing timing) {
    spent = spent.plus(timing.read());
  }

  /** The time that the run's code has taken so far; compiling it is not counted. */
  synchronized Timing.Spent spent() {
    return spent;
  }

  void end() {
    ended.countDown();
  }

  boolean endsWithin(long milliseconds) throws InterruptedException {
    return ended.await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
