package condgen.display;

import java.awt.Graphics2D;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Axes and empty plots in the theme. */
final class Axes {
  private Axes() {}

  static NumberAxis linear(String label) {
    NumberAxis axis = new Roomy(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    axis.setLowerMargin(0.03);
    axis.setUpperMargin(0.03);
    return styled(axis);
  }

  /** A linear axis from {@code low} to {@code high}. */
  static NumberAxis linear(String label, double low, double high) {
    NumberAxis axis = linear(label);
    axis.setRange(low, high);
    return axis;
  }

  /** A logarithmic axis over the whole decades around {@code low} and {@code high}. */
  static ValueAxis decades(String label, double low, double high) {
    return styled(new DecadeAxis(label, low, high));
  }

  private static <A extends ValueAxis> A styled(A axis) {
    axis.setLabelFont(Theme.text());
    axis.setTickLabelFont(Theme.text());
    axis.setLabelPaint(Theme.INK);
    axis.setTickLabelPaint(Theme.INK);
    axis.setAxisLinePaint(Theme.INK);
    axis.setTickMarkPaint(Theme.INK);
    axis.setTickMarkOutsideLength(5);
    axis.setMinorTickMarkOutsideLength(3);
    axis.setTickMarkStroke(Theme.solid(1.2f));
    axis.setAxisLineStroke(Theme.solid(1.2f));
    axis.setLabelInsets(new RectangleInsets(4, 4, 4, 4));
    return axis;
  }

  static XYPlot plot(ValueAxis x, ValueAxis y) {
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(x);
    plot.setRangeAxis(y);
    plot.setBackgroundPaint(Theme.PAPER);
    plot.setOutlineVisible(false);
    plot.setInsets(new RectangleInsets(10, 4, 4, 16));
    plot.setDomainGridlinePaint(Theme.GRID);
    plot.setRangeGridlinePaint(Theme.GRID);
    plot.setDomainGridlineStroke(Theme.solid(1));
    plot.setRangeGridlineStroke(Theme.solid(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return plot;
  }

  /** A linear axis whose labels stand well apart. */
  private static final class Roomy extends NumberAxis {
    private static final long serialVersionUID = 1L;

    Roomy(String label) {
      super(label);
    }

    @Override
    protected double estimateMaximumTickLabelWidth(Graphics2D g, TickUnit unit) {
      return super.estimateMaximumTickLabelWidth(g, unit) + 1.4 * Theme.TEXT_SIZE;
    }

    @Override
    protected double estimateMaximumTickLabelHeight(Graphics2D g) {
      return 1.7 * super.estimateMaximumTickLabelHeight(g);
    }
  }
}
