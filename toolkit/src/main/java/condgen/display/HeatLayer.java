package condgen.display;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/** An image whose pixels are the cells of a heat map, laid over a window of the plane. */
final class HeatLayer extends AbstractXYAnnotation {
  private static final long serialVersionUID = 1L;

  private final transient BufferedImage image;

  private final double[] window;

  /** {@code window} is xLow, xHigh, yLow, yHigh; the image's first row lies above. */
  HeatLayer(BufferedImage image, double[] window) {
    this.image = image;
    this.window = window.clone();
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
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    double left = xAxis.valueToJava2D(window[0], area, plot.getDomainAxisEdge());
    double right = xAxis.valueToJava2D(window[1], area, plot.getDomainAxisEdge());
    double a = yAxis.valueToJava2D(window[2], area, plot.getRangeAxisEdge());
    double b = yAxis.valueToJava2D(window[3], area, plot.getRangeAxisEdge());
    AffineTransform stretch = AffineTransform.getTranslateInstance(left, Math.min(a, b));
    stretch.scale((right - left) / image.getWidth(), Math.abs(a - b) / image.getHeight());
    g.drawImage(image, stretch, null);
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
