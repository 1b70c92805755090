package condgen.display;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until told otherwise. */
final class FakeClock implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  void advanceMillis(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }
}
