package condgen.display;

import java.awt.geom.Rectangle2D;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/** The same number of pixels for one unit on both linear axes of a plot. */
final class EqualScales {
  private EqualScales() {}

  /** Units shown horizontally over units shown vertically. */
  static double aspect(XYPlot plot) {
    return span(plot.getDomainAxis().getRange()) / span(plot.getRangeAxis().getRange());
  }

  /** Widens one axis until both have the same number of pixels per unit in {@code area}. */
  static void widen(XYPlot plot, Rectangle2D area) {
    Range x = plot.getDomainAxis().getRange();
    Range y = plot.getRangeAxis().getRange();
    double xPerPixel = span(x) / area.getWidth();
    double yPerPixel = span(y) / area.getHeight();
    if (xPerPixel < yPerPixel) {
      plot.getDomainAxis().setRange(widened(x, yPerPixel / xPerPixel));
    } else {
      plot.getRangeAxis().setRange(widened(y, xPerPixel / yPerPixel));
    }
  }

  private static Range widened(Range range, double factor) {
    double half = span(range) * factor / 2;
    return new Range(range.getCentralValue() - half, range.getCentralValue() + half);
  }

  private static double span(Range range) {
    return range.getUpperBound() - range.getLowerBound();
  }
}
