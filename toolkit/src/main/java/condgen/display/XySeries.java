package condgen.display;

import java.awt.Color;
import org.jfree.chart.plot.XYPlot;

/**
 * One series of an {@link XyChart}.
 *
 * @param y2 the upper edge of a band; null otherwise
 * @param style number of its colour, dash and marker
 */
record XySeries(String name, Form form, double[] x, double[] y, double[] y2, int style) {
  private static final float LINE = 3f;
  private static final double MARKER = 11;
  private static final double SMALL_MARKER = 6;
  private static final int MANY = 300;

  enum Form {
    LINE,
    POINTS,
    MARKED_LINE,
    PALE,
    OUTLINES,
    BAND,
    REFERENCE
  }

  /** The line y ∝ xᵖ over the same x, at 0.4 times the value at the largest x. */
  XySeries reference(double p, int style) {
    int anchor = -1;
    Extent extent = new Extent();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        extent.add(x[i]);
        anchor = anchor < 0 || x[i] > x[anchor] ? i : anchor;
      }
    }
    double top = anchor < 0 ? Double.NaN : 0.4 * y[anchor];
    double[] ends = {extent.low(), extent.high()};
    double[] values = {top * Math.pow(extent.low() / extent.high(), p), top};
    return new XySeries("slope " + Numbers.format(p), Form.REFERENCE, ends, values, null, style);
  }

  void draw(XYPlot plot) {
    Color colour = Theme.colour(style);
    var dashed = Theme.stroke(style, LINE);
    switch (form) {
      case LINE -> {
        double[][] thin = Thinning.of(x, y);
        Layers.line(plot, name, thin[0], thin[1], colour, dashed, null);
      }
      case MARKED_LINE ->
          Layers.line(plot, name, x, y, colour, dashed, Theme.marker(style, MARKER));
      case PALE -> {
        double[][] thin = Thinning.of(x, y);
        grey(plot, thin[0], thin[1]);
      }
      case OUTLINES -> grey(plot, x, y);
      case POINTS -> {
        boolean many = x.length > MANY;
        Color paint = many ? Theme.faint(colour, 150) : colour;
        Layers.points(plot, name, x, y, paint, Theme.marker(style, many ? SMALL_MARKER : MARKER));
      }
      case BAND -> Layers.band(plot, name, x, y, y2, colour);
      case REFERENCE -> Layers.line(plot, name, x, y, Theme.QUIET, Theme.stroke(style, 2f), null);
    }
  }

  private void grey(XYPlot plot, double[] xs, double[] ys) {
    Layers.line(plot, name, xs, ys, Theme.faint(Theme.QUIET, 150), Theme.solid(1.5f), null);
  }

  void addTo(Extent extent, boolean horizontal) {
    extent.add(horizontal ? x : y);
    if (!horizontal && y2 != null) {
      extent.add(y2);
    }
  }

  /** Checks that this can be drawn on a logarithmic axis. */
  void requirePositive(boolean horizontal) {
    String of = " of series '" + name + "'";
    Require.allPositive(horizontal ? x : y, (horizontal ? "x" : "y") + of);
    if (!horizontal && y2 != null) {
      Require.allPositive(y2, "high" + of);
    }
  }
}
