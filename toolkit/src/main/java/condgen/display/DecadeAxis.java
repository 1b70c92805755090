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

/** A logarithmic axis over whole decades, labelled with powers of ten. */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;
  private static final int MOST_LABELS = 7;

  /** Room for markers on the border, in decades. */
  private static final double MARGIN = 0.06;

  private final int first;
  private final int last;

  DecadeAxis(String label, double low, double high) {
    super(label);
    first = (int) Math.floor(Math.log10(low) + 1e-9);
    last = Math.max(first + 1, (int) Math.ceil(Math.log10(high) - 1e-9));
    setMinorTickMarksVisible(true);
    setRange(Math.pow(10, first - MARGIN), Math.pow(10, last + MARGIN));
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    int step = (last - first + MOST_LABELS - 1) / MOST_LABELS;
    List<NumberTick> ticks = new ArrayList<>();
    for (int decade = first; decade <= last; decade++) {
      double value = Math.pow(10, decade);
      boolean labelled = (decade - first) % step == 0;
      String label = labelled ? Numbers.powerOfTen(decade) : "";
      TickType type = labelled ? TickType.MAJOR : TickType.MINOR;
      ticks.add(new NumberTick(type, value, label, anchor, TextAnchor.CENTER, 0));
      for (int digit = 2; step == 1 && decade < last && digit < 10; digit++) {
        ticks.add(new NumberTick(TickType.MINOR, digit * value, "", anchor, TextAnchor.CENTER, 0));
      }
    }
    return ticks;
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
