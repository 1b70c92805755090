package condgen.display;

import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultIntervalXYDataset;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Adds one series to a plot: later ones lie on top. An empty name keeps it out of the legend. */
final class Layers {
  private Layers() {}

  /** A line; {@code marker} may be null. Points that are not finite break it. */
  static void line(
      XYPlot plot, String name, double[] x, double[] y, Color colour, Stroke stroke, Shape marker) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, marker != null);
    renderer.setSeriesStroke(0, stroke);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(Theme.legendLine());
    paint(renderer, name, colour, marker);
    add(plot, dataset(name, x, y), renderer);
  }

  static void points(XYPlot plot, String name, double[] x, double[] y, Color colour, Shape marker) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    paint(renderer, name, colour, marker);
    add(plot, dataset(name, x, y), renderer);
  }

  private static void paint(
      XYLineAndShapeRenderer renderer, String name, Color colour, Shape marker) {
    renderer.setSeriesPaint(0, colour);
    if (marker != null) {
      renderer.setSeriesShape(0, marker);
      renderer.setUseFillPaint(false);
    }
    renderer.setSeriesVisibleInLegend(0, !name.isEmpty());
  }

  /** A band between {@code low} and {@code high}, explained by a filled box. */
  static void band(
      XYPlot plot, String name, double[] x, double[] low, double[] high, Color colour) {
    YIntervalSeries series = new YIntervalSeries(name, false, true);
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i] + low[i] + high[i])) {
        series.add(x[i], (low[i] + high[i]) / 2, low[i], high[i]);
      }
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series);
    DeviationRenderer renderer =
        new DeviationRenderer(true, false) {
          private static final long serialVersionUID = 1L;

          @Override
          public LegendItem getLegendItem(int dataset, int index) {
            Shape box = new Rectangle2D.Double(-20, -7, 40, 14);
            return new LegendItem(name, null, null, null, box, Theme.faint(colour, 64));
          }
        };
    renderer.setSeriesFillPaint(0, colour);
    renderer.setAlpha(0.25f);
    renderer.setSeriesPaint(0, Theme.faint(colour, 64));
    renderer.setSeriesLinesVisible(0, false);
    renderer.setSeriesVisibleInLegend(0, !name.isEmpty());
    add(plot, data, renderer);
  }

  /** Bars from 0 to {@code heights[i]} between {@code edges[i]} and {@code edges[i + 1]}. */
  static void bars(XYPlot plot, String name, double[] edges, double[] heights, Color colour) {
    int n = heights.length;
    double[][] columns = new double[6][n];
    for (int i = 0; i < n; i++) {
      columns[0][i] = (edges[i] + edges[i + 1]) / 2;
      columns[1][i] = edges[i];
      columns[2][i] = edges[i + 1];
      columns[3][i] = heights[i];
      columns[4][i] = 0;
      columns[5][i] = heights[i];
    }
    DefaultIntervalXYDataset data = new DefaultIntervalXYDataset();
    data.addSeries(name, columns);
    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setUseYInterval(true);
    renderer.setSeriesPaint(0, Theme.faint(colour, 110));
    renderer.setSeriesOutlinePaint(0, colour);
    renderer.setSeriesOutlineStroke(0, Theme.solid(1.2f));
    renderer.setDrawBarOutline(true);
    renderer.setLegendBar(new Rectangle2D.Double(-20, -7, 40, 14));
    renderer.setSeriesVisibleInLegend(0, !name.isEmpty());
    add(plot, data, renderer);
  }

  static void add(XYPlot plot, XYDataset data, XYItemRenderer renderer) {
    int index = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  static DefaultXYDataset dataset(String name, double[] x, double[] y) {
    double[][] columns = {x.clone(), y.clone()};
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        columns[0][i] = Double.NaN;
        columns[1][i] = Double.NaN;
      }
    }
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries(name, columns);
    return data;
  }
}
