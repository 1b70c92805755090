package condgen.display;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.plot.XYPlot;

/**
 * A matrix as colours, with its colour scale at the right. Made by {@link Charts#heatMap}. Row 0 is
 * above and cells are square, as one writes a matrix; with {@link #over} row 0 is below, as one
 * draws a function of (x, y). Values that are not finite are grey.
 */
public final class HeatMapChart extends Chart<HeatMapChart> {
  /** Pixels along the longer side, so that viewers which smooth images keep cells apart. */
  private static final int FINE = 1200;

  private final double[][] values;
  private final String valueLabel;
  private double[] window;
  private double[] colours;
  private boolean aroundZero;

  HeatMapChart(String title, String xLabel, String yLabel, double[][] values, String valueLabel) {
    super(title, xLabel, yLabel);
    this.valueLabel = Require.text(valueLabel, "valueLabel");
    if (values == null || values.length == 0) {
      throw new IllegalArgumentException(
          "values must hold at least one row, but " + (values == null ? "is null" : "has no row"));
    }
    this.values = new double[values.length][];
    for (int row = 0; row < values.length; row++) {
      this.values[row] = Require.values(values[row], "values[" + row + "]");
      if (values[row].length != values[0].length) {
        throw new IllegalArgumentException(
            "values[%d] must have as many values as values[0] (%d), but has %d"
                .formatted(row, values[0].length, values[row].length));
      }
    }
    double ratio = (double) values.length / values[0].length;
    if (ratio > 0.2 && ratio < 5) {
      equalScales();
    }
  }

  /** Places the matrix over a window of the plane: row 0 along yLow, column 0 along xLow. */
  public HeatMapChart over(double xLow, double xHigh, double yLow, double yHigh) {
    Require.increasing(xLow, xHigh, "xLow, xHigh");
    Require.increasing(yLow, yHigh, "yLow, yHigh");
    window = new double[] {xLow, xHigh, yLow, yHigh};
    return this;
  }

  /** Fixes which values the ends of the colour scale stand for. */
  public HeatMapChart colours(double low, double high) {
    Require.increasing(low, high, "colours");
    colours = new double[] {low, high};
    return this;
  }

  /** Colours blue below zero, white at zero, red above. */
  public HeatMapChart aroundZero() {
    aroundZero = true;
    return this;
  }

  private ColourScale scale() {
    double[] ends = colours;
    if (ends == null) {
      Extent extent = extent();
      ends =
          extent.high() > extent.low()
              ? new double[] {extent.low(), extent.high()}
              : extent.padded(0);
    }
    return aroundZero
        ? ColourScale.diverging(Math.max(Math.abs(ends[0]), Math.abs(ends[1])))
        : ColourScale.sequential(ends[0], ends[1]);
  }

  private Extent extent() {
    Extent extent = new Extent();
    for (double[] row : values) {
      extent.add(row);
    }
    return extent;
  }

  @Override
  XYPlot plot() {
    int rows = values.length;
    int columns = values[0].length;
    ColourScale scale = scale();
    int cell = Math.max(1, FINE / Math.max(rows, columns));
    BufferedImage image =
        new BufferedImage(columns * cell, rows * cell, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    int missing = 0;
    for (int row = 0; row < rows; row++) {
      missing += Require.countNonFinite(values[row]);
      for (int column = 0; column < columns; column++) {
        double value = values[window == null ? row : rows - 1 - row][column];
        g.setColor(new Color(scale.rgb(Double.isFinite(value) ? value : Double.NaN)));
        g.fillRect(column * cell, row * cell, cell, cell);
      }
    }
    g.dispose();
    if (missing > 0) {
      note("Grey: %s NaN or infinite.".formatted(Numbers.plural(missing, "value", "values")));
    }
    double[] w = window != null ? window : new double[] {-0.5, columns - 0.5, -0.5, rows - 0.5};
    XYPlot plot = Axes.plot(Axes.linear(xLabel, w[0], w[1]), Axes.linear(yLabel, w[2], w[3]));
    plot.getRangeAxis().setInverted(window == null);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.addAnnotation(new HeatLayer(image, w));
    return plot;
  }

  @Override
  ColourBar colourBar() {
    return new ColourBar(scale(), valueLabel);
  }

  @Override
  String description() {
    Extent extent = extent();
    return "Heat map of %d rows and %d columns; horizontally %s, vertically %s; colours show %s."
        .formatted(
            values.length,
            values[0].length,
            xLabel,
            yLabel,
            range(valueLabel, extent.low(), extent.high()));
  }

  @Override
  HeatMapChart self() {
    return this;
  }
}
