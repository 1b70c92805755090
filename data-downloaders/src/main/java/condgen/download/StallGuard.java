package condgen.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream from which nothing has come for too long, so that a blocked read ends. */
final class StallGuard implements AutoCloseable {
  private final InputStream stream;
  private final Duration limit;
  private final ScheduledExecutorService clock;
  private volatile long lastSign = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limit = limit;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "stall-guard");
              thread.setDaemon(true);
              return thread;
            });
    long period = Math.max(1, limit.toMillis() / 4);
    clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /** Tells that data came. */
  void alive() {
    lastSign = System.nanoTime();
  }

  /** The error to report for a failed read: the stall when there was one. */
  IOException explain(IOException readError) {
    return stalled
        ? new IOException("no data for " + limit.toSeconds() + " s", readError)
        : readError;
  }

  private void look() {
    if (System.nanoTime() - lastSign > limit.toNanos()) {
      stalled = true;
      try {
        stream.close();
      } catch (IOException e) {
        // The reader gets its own error from the closed stream.
        clock.shutdown();
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
