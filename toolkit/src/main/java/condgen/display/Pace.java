package condgen.display;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Decides when a live picture is drawn anew: at most once per interval, by one thread at a time,
 * and never so often that drawing takes more than a tenth of the time.
 */
final class Pace {
  private static final long COST_FACTOR = 9;

  private final ReentrantLock drawing = new ReentrantLock();
  private final LongSupplier nanoClock;
  private final long interval;
  private volatile long next;

  Pace(LongSupplier nanoClock, long intervalNanos) {
    this.nanoClock = nanoClock;
    this.interval = intervalNanos;
    this.next = nanoClock.getAsLong();
  }

  /** Draws if it is time and no other thread is drawing. */
  void maybe(Runnable draw) {
    if (nanoClock.getAsLong() - next < 0 || !drawing.tryLock()) {
      return;
    }
    try {
      long start = nanoClock.getAsLong();
      if (start - next >= 0) {
        next = start + interval;
        draw.run();
        long end = nanoClock.getAsLong();
        next = end + Math.max(interval - (end - start), COST_FACTOR * (end - start));
      }
    } finally {
      drawing.unlock();
    }
  }

  /** Draws now, after any drawing that is under way. */
  void now(Runnable draw) {
    drawing.lock();
    try {
      draw.run();
    } finally {
      drawing.unlock();
    }
  }
}
