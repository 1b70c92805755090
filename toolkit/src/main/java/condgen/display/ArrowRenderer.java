package condgen.display;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/** Draws item i of a dataset as an arrow with middle (x, y) along (u[i], v[i]) in data units. */
final class ArrowRenderer extends AbstractXYItemRenderer {
  private static final long serialVersionUID = 1L;
  private static final double HEAD = 8;

  private final double[] u;
  private final double[] v;
  private final boolean equalLength;
  private final Color colour;
  private double pixelsPerLength;

  ArrowRenderer(double[] u, double[] v, boolean equalLength, Color colour) {
    this.u = u;
    this.v = v;
    this.equalLength = equalLength;
    this.colour = colour;
  }

  /** The longest arrow spans 0.9 of the mean distance between arrows on the page. */
  @Override
  public XYItemRendererState initialise(
      Graphics2D g, Rectangle2D area, XYPlot plot, XYDataset data, PlotRenderingInfo info) {
    double longest = 0;
    for (int i = 0; i < u.length; i++) {
      double length = Math.hypot(dx(plot, area, i), dy(plot, area, i));
      longest = Double.isFinite(length) ? Math.max(longest, length) : longest;
    }
    double spacing = Math.sqrt(area.getWidth() * area.getHeight() / Math.max(1, u.length));
    pixelsPerLength = 0.9 * spacing / (longest > 0 ? longest : 1);
    return super.initialise(g, area, plot, data, info);
  }

  private double dx(XYPlot plot, Rectangle2D area, int i) {
    return u[i] * area.getWidth() / plot.getDomainAxis().getRange().getLength();
  }

  private double dy(XYPlot plot, Rectangle2D area, int i) {
    return -v[i] * area.getHeight() / plot.getRangeAxis().getRange().getLength();
  }

  @Override
  public void drawItem(
      Graphics2D g,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis xAxis,
      ValueAxis yAxis,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    double x = xAxis.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
    double y = yAxis.valueToJava2D(data.getYValue(series, item), area, plot.getRangeAxisEdge());
    double dx = dx(plot, area, item) * pixelsPerLength;
    double dy = dy(plot, area, item) * pixelsPerLength;
    double length = Math.hypot(dx, dy);
    if (!Double.isFinite(x + y + length)) {
      return;
    }
    if (equalLength && length > 0) {
      double spacing = Math.sqrt(area.getWidth() * area.getHeight() / Math.max(1, u.length));
      dx *= 0.75 * spacing / length;
      dy *= 0.75 * spacing / length;
      length = 0.75 * spacing;
    }
    g.setPaint(colour);
    g.setStroke(Theme.solid(1.6f));
    if (length < 1) {
      g.fill(new Rectangle2D.Double(x - 1, y - 1, 2, 2));
      return;
    }
    double head = Math.min(HEAD, 0.6 * length);
    double cut = 0.7 * head / length;
    g.draw(new Line2D.Double(x - dx / 2, y - dy / 2, x + dx / 2 - dx * cut, y + dy / 2 - dy * cut));
    head(g, x + dx / 2, y + dy / 2, Math.atan2(dy, dx), head);
  }

  /** Fills an arrow head with its tip at (x, y). */
  static void head(Graphics2D g, double x, double y, double angle, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    for (double side : new double[] {0.42, -0.42}) {
      path.lineTo(x - size * Math.cos(angle + side), y - size * Math.sin(angle + side));
    }
    path.closePath();
    g.fill(path);
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
