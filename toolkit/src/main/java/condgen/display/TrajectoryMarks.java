package condgen.display;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/** A dot where a trajectory starts and arrow heads along it that show which way time runs. */
final class TrajectoryMarks extends AbstractXYAnnotation {
  private static final long serialVersionUID = 1L;

  private final double[] x;
  private final double[] y;
  private final Color colour;

  TrajectoryMarks(double[] x, double[] y, Color colour) {
    this.x = x;
    this.y = y;
    this.colour = colour;
  }

  @Override
  public void draw(
      Graphics2D g,
      XYPlot plot,
      Rectangle2D area,
      ValueAxis xAxis,
      ValueAxis yAxis,
      int rendererIndex,
      PlotRenderingInfo info) {
    double[] px = new double[x.length];
    double[] py = new double[x.length];
    double total = 0;
    for (int i = 0; i < x.length; i++) {
      px[i] = xAxis.valueToJava2D(x[i], area, plot.getDomainAxisEdge());
      py[i] = yAxis.valueToJava2D(y[i], area, plot.getRangeAxisEdge());
      total += i == 0 ? 0 : step(px, py, i);
    }
    g.setPaint(colour);
    if (Double.isFinite(px[0] + py[0])) {
      g.fill(new Ellipse2D.Double(px[0] - 5, py[0] - 5, 10, 10));
    }
    double gone = 0;
    double next = total > 60 ? 0.4 * total : Double.POSITIVE_INFINITY;
    for (int i = 1; i < x.length; i++) {
      gone += step(px, py, i);
      if (gone >= next) {
        double angle = Math.atan2(py[i] - py[i - 1], px[i] - px[i - 1]);
        ArrowRenderer.head(g, px[i] + 7 * Math.cos(angle), py[i] + 7 * Math.sin(angle), angle, 16);
        next = Double.POSITIVE_INFINITY;
      }
    }
  }

  private static double step(double[] px, double[] py, int i) {
    double length = Math.hypot(px[i] - px[i - 1], py[i] - py[i - 1]);
    return Double.isFinite(length) ? length : 0;
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
