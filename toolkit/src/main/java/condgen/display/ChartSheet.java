package condgen.display;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.entity.LegendItemEntity;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.svg.SVGGraphics2D;

/**
 * One chart laid out on its sheet: title above, legend and caption below, colour scale at the
 * right, none of them over data. The sheet grows with its parts, so that the plot keeps its size.
 */
final class ChartSheet {
  private static final double PLOT_HEIGHT = 330;
  private static final double EQUAL_WIDTH = 600;
  private static final double EQUAL_HEIGHT = 430;
  private static final int NARROWEST = 430;

  /** Enough for seven inks and their blends with the paper. */
  private static final int FEW_COLOURS = 16;

  private static final int MANY_COLOURS = 256;

  /** A notebook holds about eighty charts in 3 MB; crowded ones lose sharpness before it grows. */
  private static final int ENOUGH_BYTES = 16_000;

  private static final AtomicLong SVG_COUNT = new AtomicLong();

  private final JFreeChart chart;
  private final XYPlot plot;
  private int width;
  private int height;

  private int colours;

  private ChartSheet(JFreeChart chart, XYPlot plot) {
    this.chart = chart;
    this.plot = plot;
  }

  static ChartSheet of(
      String title,
      XYPlot plot,
      String caption,
      int width,
      int height,
      boolean equal,
      ColourBar bar) {
    JFreeChart chart = new JFreeChart(title, Theme.title(), plot, false);
    chart.setBackgroundPaint(Theme.PAPER);
    chart.setPadding(new RectangleInsets(8, 8, 8, 14));
    chart.getTitle().setPaint(Theme.INK);
    chart.getTitle().setMargin(0, 0, 6, 0);
    if (!caption.isEmpty()) {
      TextTitle text = new TextTitle(caption, Theme.text());
      text.setPaint(Theme.INK);
      text.setPosition(RectangleEdge.BOTTOM);
      text.setTextAlignment(HorizontalAlignment.LEFT);
      text.setHorizontalAlignment(HorizontalAlignment.LEFT);
      text.setMargin(6, 6, 0, 6);
      chart.addSubtitle(text);
    }
    if (plot.getLegendItems().getItemCount() > 0) {
      chart.addSubtitle(legend(plot));
    }
    PaintScaleLegend strip = bar == null ? null : strip(bar);
    if (strip != null) {
      chart.addSubtitle(strip);
    }
    ChartSheet sheet = new ChartSheet(chart, plot);
    sheet.colours = bar == null ? FEW_COLOURS : MANY_COLOURS;
    sheet.width = width;
    sheet.height = height > 0 ? height : (int) PLOT_HEIGHT + 120;
    sheet.fit(height > 0, equal, strip);
    return sheet;
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(Theme.text());
    legend.setItemPaint(Theme.INK);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemLabelPadding(new RectangleInsets(1, 4, 1, 14));
    legend.setLegendItemGraphicPadding(new RectangleInsets(1, 4, 1, 4));
    legend.setMargin(2, 2, 2, 2);
    return legend;
  }

  private static PaintScaleLegend strip(ColourBar bar) {
    NumberAxis axis = Axes.linear(bar.label());
    PaintScaleLegend strip = new PaintScaleLegend(bar.scale(), axis);
    strip.setPosition(RectangleEdge.RIGHT);
    strip.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    strip.setStripWidth(22);
    strip.setStripOutlineVisible(false);
    strip.setSubdivisionCount(256);
    strip.setAxisOffset(2);
    strip.setBackgroundPaint(Theme.PAPER);
    return strip;
  }

  /** Sizes the sheet by drawing it and measuring; text decides how much room the plot loses. */
  private void fit(boolean fixedSize, boolean equal, PaintScaleLegend strip) {
    int passes = equal || strip != null ? 3 : fixedSize ? 0 : 1;
    for (int pass = 0; pass < passes; pass++) {
      ChartRenderingInfo info = measure();
      Rectangle2D area = info.getPlotInfo().getDataArea();
      if (strip != null) {
        Rectangle2D around = info.getPlotInfo().getPlotArea();
        RectangleInsets insets = plot.getInsets();
        double above = area.getMinY() - around.getMinY() + insets.getTop();
        double below = around.getMaxY() - area.getMaxY() + insets.getBottom();
        strip.setMargin(above, 10, below, 4);
      }
      if (!fixedSize) {
        double aspect = equal ? EqualScales.aspect(plot) : 0;
        double wantedHeight = PLOT_HEIGHT;
        if (equal) {
          double wantedWidth = Math.min(EQUAL_WIDTH, EQUAL_HEIGHT * aspect);
          wantedHeight = wantedWidth / aspect;
          width = Math.max(NARROWEST, (int) Math.round(width + wantedWidth - area.getWidth()));
        }
        height = (int) Math.round(height + wantedHeight - area.getHeight());
      }
    }
    if (equal) {
      EqualScales.widen(plot, measure().getPlotInfo().getDataArea());
    }
  }

  private ChartRenderingInfo measure() {
    ChartRenderingInfo info = new ChartRenderingInfo();
    draw(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), 1, info);
    return info;
  }

  private BufferedImage draw(BufferedImage image, double density, ChartRenderingInfo info) {
    Graphics2D g = image.createGraphics();
    g.scale(density, density);
    drawOn(g, info);
    g.dispose();
    return image;
  }

  private void drawOn(Graphics2D g, ChartRenderingInfo info) {
    Theme.smooth(g);
    chart
        .getRenderingHints()
        .put(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    chart.draw(g, new Rectangle2D.Double(0, 0, width, height), null, info);
  }

  Chart.Layout layout() {
    ChartRenderingInfo info = measure();
    List<Rectangle2D> legend = new ArrayList<>();
    for (Object entity : info.getEntityCollection().getEntities()) {
      if (entity instanceof LegendItemEntity item) {
        legend.add(item.getArea().getBounds2D());
      }
    }
    return new Chart.Layout(width, height, info.getPlotInfo().getDataArea(), legend);
  }

  BufferedImage image(double density) {
    int wide = (int) Math.round(width * density);
    int high = (int) Math.round(height * density);
    return draw(new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB), density, null);
  }

  Picture picture(String alt, boolean withSvg) {
    Picture picture = Picture.ofPng(png(), width, height, alt);
    return withSvg ? picture.withSvg(svg(alt)) : picture;
  }

  /** As sharp as {@link #ENOUGH_BYTES} allow, and in any case one pixel for each CSS pixel. */
  private byte[] png() {
    byte[] best = Png.ofChart(image(1), colours);
    if (best.length <= ENOUGH_BYTES / 2) {
      byte[] sharp = Png.ofChart(image(Theme.DENSITY), colours);
      best = sharp.length <= ENOUGH_BYTES ? sharp : best;
    }
    return best;
  }

  private String svg(String alt) {
    SVGGraphics2D g = new SVGGraphics2D(width, height);
    g.setDefsKeyPrefix("condgen" + SVG_COUNT.incrementAndGet() + "-");
    drawOn(g, null);
    String document = g.getSVGElement();
    int end = document.indexOf('>') + 1;
    return document.substring(0, end)
        + "<title>"
        + Markup.text(alt)
        + "</title>"
        + document.substring(end);
  }
}
