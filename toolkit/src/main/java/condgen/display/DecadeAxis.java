package condgen.display;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis. Over more than two decades it shows whole decades, labelled with powers of
 * ten; over less it ends at, and labels, 1, 2 and 5 times a power of ten.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;
  private static final int MOST_LABELS = 7;
  private static final int[] LABELLED = {1, 2, 5};

  /** Room for markers on the border, as a part of the span. */
  private static final double MARGIN = 0.03;

  private final boolean fine;
  private final int first;
  private final int last;

  DecadeAxis(String label, double low, double high) {
    super(label);
    fine = Math.log10(high / low) <= 2;
    first = (int) Math.floor(Math.log10(low) + 1e-9);
    last = Math.max(first + 1, (int) Math.ceil(Math.log10(high) - 1e-9));
    double start = first;
    double end = last;
    if (fine) {
      for (double step : steps()) {
        start = step <= Math.log10(low) + 1e-9 ? step : start;
        end = step >= Math.log10(high) - 1e-9 ? Math.min(end, step) : end;
      }
      end = end > start ? end : start + Math.log10(2);
    }
    double margin = MARGIN * (end - start);
    setRange(Math.pow(10, start - margin), Math.pow(10, end + margin));
    setMinorTickMarksVisible(true);
  }

  /** Logarithms of 1, 2 and 5 times the powers of ten in reach. */
  private double[] steps() {
    double[] steps = new double[(last - first + 1) * LABELLED.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = first + i / LABELLED.length + Math.log10(LABELLED[i % LABELLED.length]);
    }
    return steps;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    int step = (last - first + MOST_LABELS - 1) / MOST_LABELS;
    List<NumberTick> ticks = new ArrayList<>();
    for (int decade = first; decade <= last; decade++) {
      for (int digit = 1; digit < (step == 1 ? 10 : 2); digit++) {
        double value = digit * Math.pow(10, decade);
        boolean labelled =
            fine
                ? digit == 1 || digit == 2 || digit == 5
                : digit == 1 && (decade - first) % step == 0;
        String label = labelled ? text(decade, value) : "";
        TickType type = labelled ? TickType.MAJOR : TickType.MINOR;
        if (getRange().contains(value)) {
          ticks.add(new NumberTick(type, value, label, anchor, TextAnchor.CENTER, 0));
        }
      }
    }
    return ticks;
  }

  private String text(int decade, double value) {
    return fine ? Numbers.format(value) : Numbers.powerOfTen(decade);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
