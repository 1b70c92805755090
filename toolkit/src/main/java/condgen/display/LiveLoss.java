package condgen.display;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The loss while training runs, drawn in place on the current {@link Screen} at most four times a
 * second: each value in grey, and over it the mean of its neighbours, a twentieth of all values.
 * The last state stays. Values may come from any thread. {@code loss::add} is a training loop's
 * observer.
 *
 * <pre>{@code
 * try (LiveLoss loss = LiveLoss.of("DDPM on digits", "step", "mean squared error")) {
 *   … loss.add(step, value) …
 * }
 * }</pre>
 */
public final class LiveLoss implements Drawable, AutoCloseable {
  private static final long INTERVAL = 250_000_000L;
  private static final int WINDOWS = 20;
  private static final int DRAWN = 1500;

  private final String title;
  private final String stepLabel;
  private final String lossLabel;
  private final Screen screen;
  private final Pace pace;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Object lock = new Object();
  private double[] steps = new double[256];
  private double[] losses = new double[256];
  private double[] sums = new double[257];
  private int[] counts = new int[257];
  private int size;
  private boolean logLoss;
  private String caption = "";
  private String id;

  LiveLoss(
      String title, String stepLabel, String lossLabel, Screen screen, LongSupplier nanoClock) {
    this.title = Require.text(title, "title");
    this.stepLabel = Require.text(stepLabel, "stepLabel");
    this.lossLabel = Require.text(lossLabel, "lossLabel");
    this.screen = screen;
    this.pace = new Pace(nanoClock, INTERVAL);
    if (!screen.isTextOnly()) {
      Theme.text();
    }
  }

  /**
   * Starts a live loss.
   *
   * @param stepLabel what is counted, such as "step"
   * @param lossLabel the loss and its unit, such as "bits per dimension"
   */
  public static LiveLoss of(String title, String stepLabel, String lossLabel) {
    return new LiveLoss(title, stepLabel, lossLabel, Screen.current(), System::nanoTime);
  }

  /** Makes the loss axis logarithmic; values that are not positive leave gaps. */
  public LiveLoss logLoss() {
    logLoss = true;
    return this;
  }

  /** Prints below the curve what the reader should see in it. */
  public LiveLoss caption(String whatToSee) {
    caption = Require.text(whatToSee, "whatToSee");
    return this;
  }

  /** Adds the loss at a step. NaN and infinities leave a gap, which the caption counts. */
  public void add(double step, double loss) {
    synchronized (lock) {
      if (size == steps.length) {
        steps = Arrays.copyOf(steps, 2 * size);
        losses = Arrays.copyOf(losses, 2 * size);
        sums = Arrays.copyOf(sums, 2 * size + 1);
        counts = Arrays.copyOf(counts, 2 * size + 1);
      }
      boolean finite = Double.isFinite(loss);
      steps[size] = step;
      losses[size] = loss;
      sums[size + 1] = sums[size] + (finite ? loss : 0);
      counts[size + 1] = counts[size] + (finite ? 1 : 0);
      size++;
    }
    if (!closed.get()) {
      pace.maybe(() -> draw(false));
    }
  }

  /** Draws the last state, which stays; doing so again is harmless. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      pace.now(() -> draw(true));
    }
  }

  /**
   * Draws the curve as it is now.
   *
   * @throws IllegalStateException if no loss was added
   */
  @Override
  public Picture picture() {
    return chart().picture();
  }

  XyChart chart() {
    double[] x;
    double[] y;
    double[] smooth;
    synchronized (lock) {
      if (size == 0) {
        throw new IllegalStateException("Live loss '" + title + "' has no values yet; call add");
      }
      int stride = (size + DRAWN - 1) / DRAWN;
      int n = (size + stride - 1) / stride;
      x = new double[n];
      y = new double[n];
      smooth = new double[n];
      for (int i = 0; i < n; i++) {
        int at = Math.min(size - 1, i * stride + stride - 1);
        x[i] = steps[at];
        y[i] = drawable(losses[at]);
        smooth[i] = drawable(mean(at - halfWindow(), at + halfWindow()));
      }
    }
    XyChart chart = Charts.line(title, stepLabel, lossLabel).pale("loss", x, y);
    chart.line("mean of neighbours", x, smooth).alt(text());
    if (logLoss) {
      chart.logY();
    }
    return caption.isEmpty() ? chart : chart.caption(caption);
  }

  private int halfWindow() {
    return Math.max(2, size / (2 * WINDOWS));
  }

  /** Mean of the finite losses number {@code from} to {@code to}, as far as there are any. */
  private double mean(int from, int to) {
    int start = Math.max(0, from);
    int end = Math.min(size, to + 1);
    return (sums[end] - sums[start]) / (counts[end] - counts[start]);
  }

  private double drawable(double loss) {
    return logLoss && loss <= 0 ? Double.NaN : loss;
  }

  private void draw(boolean last) {
    if (size == 0 || closed.get() && !last) {
      return;
    }
    Picture picture = screen.isTextOnly() ? Picture.ofText(text()) : picture();
    picture = last ? picture : picture.opened();
    if (id == null) {
      id = screen.show(picture);
    } else {
      screen.update(id, picture);
    }
  }

  private String text() {
    synchronized (lock) {
      int window = Math.min(size, 2 * halfWindow());
      return "%s: %s %s, %s %s, mean of the last %d %s."
          .formatted(
              title,
              stepLabel,
              Numbers.format(steps[size - 1]),
              lossLabel,
              Numbers.format(losses[size - 1]),
              window,
              Numbers.format(mean(size - window, size - 1)));
    }
  }
}
