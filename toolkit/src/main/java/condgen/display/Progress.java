package condgen.display;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How far a long computation is and how long it will still take, shown in place on the current
 * {@link Screen} at most four times a second. Steps may be counted from any thread.
 *
 * <pre>{@code
 * for (int i : Progress.of("training", 300)) { … }
 *
 * try (Progress progress = Progress.of("sampling", 1000)) {
 *   … progress.step() …
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable, Iterable<Integer> {
  private static final long INTERVAL = 250_000_000L;

  private final String name;
  private final long steps;
  private final Screen screen;
  private final LongSupplier nanoClock;
  private final long start;
  private final Pace pace;
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private String id;

  Progress(String name, long steps, Screen screen, LongSupplier nanoClock) {
    this.name = Require.text(name, "name");
    if (steps <= 0) {
      throw new IllegalArgumentException("steps must be positive, but is " + steps);
    }
    this.steps = steps;
    this.screen = screen;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.pace = new Pace(nanoClock, INTERVAL);
  }

  /** Starts counting {@code steps} steps of what {@code name} says. */
  public static Progress of(String name, long steps) {
    return new Progress(name, steps, Screen.current(), System::nanoTime);
  }

  /** Counts one step. */
  public void step() {
    step(1);
  }

  /** Counts {@code count} steps. */
  public void step(long count) {
    done.addAndGet(count);
    if (!closed.get()) {
      pace.maybe(() -> draw(false));
    }
  }

  /** Shows the last state, which stays; doing so again is harmless. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      pace.now(() -> draw(true));
    }
  }

  /** Goes through 0, 1, …, counting a step after each, and closes at the end. */
  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        if (next > done.get()) {
          step();
        }
        if (next < steps) {
          return true;
        }
        close();
        return false;
      }

      @Override
      public Integer next() {
        if (next >= steps) {
          throw new NoSuchElementException();
        }
        return next++;
      }
    };
  }

  private void draw(boolean last) {
    if (closed.get() && !last) {
      return;
    }
    Picture picture = Picture.ofHtml(html(last), text(last));
    picture = last ? picture : picture.opened();
    if (id == null) {
      id = screen.show(picture);
    } else {
      screen.update(id, picture);
    }
  }

  /** The state in words. */
  String text(boolean last) {
    long n = done.get();
    double seconds = (nanoClock.getAsLong() - start) / 1e9;
    String count = "%s: %d of %d steps".formatted(name, n, steps);
    if (last) {
      return "%s in %s%s"
          .formatted(
              n == steps ? "%s: %s".formatted(name, Numbers.plural(n, "step", "steps")) : count,
              Numbers.duration(seconds),
              n < steps ? ", stopped early" : "");
    }
    if (n == 0 || seconds <= 0) {
      return count;
    }
    double remaining = Math.max(0, steps - n) * seconds / n;
    return "%s, %s left, %s".formatted(count, Numbers.duration(remaining), rate(n / seconds));
  }

  private static String rate(double perSecond) {
    return perSecond >= 1
        ? Numbers.format(perSecond, 3) + " steps/s"
        : Numbers.format(1 / perSecond, 3) + " s/step";
  }

  private String html(boolean last) {
    return "<div style=\"font-size:19px\"><progress style=\"width:240px;vertical-align:middle\""
        + " value=\"%d\" max=\"%d\"></progress> %s</div>"
            .formatted(Math.min(done.get(), steps), steps, Markup.text(text(last)));
  }
}
