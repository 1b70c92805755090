package condgen.display;

import ai.djl.ndarray.NDArray;
import condgen.display.XySeries.Form;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;

/**
 * Lines, points and bands over common axes. Made by {@link Charts#line}, {@link Charts#scatter} and
 * {@link Charts#logLog}, which differ in the form {@link #series} takes. Values that are NaN or
 * infinite leave a gap, which the caption counts.
 */
public final class XyChart extends Chart<XyChart> {
  private static final int CURVE_POINTS = 400;

  private final String kind;
  private final Form standard;
  private final List<XySeries> all = new ArrayList<>();
  private boolean logX;
  private boolean logY;
  private double[] xRange;
  private double[] yRange;
  private int styles;

  XyChart(String kind, Form standard, String title, String xLabel, String yLabel) {
    super(title, xLabel, yLabel);
    this.kind = kind;
    this.standard = standard;
  }

  /** Adds a series in the form that the chart is named for. */
  public XyChart series(String name, double[] x, double[] y) {
    return add(name, standard, x, y);
  }

  /** The same with arrays of one dimension. */
  public XyChart series(String name, NDArray x, NDArray y) {
    return series(name, Tensors.toDoubles(x), Tensors.toDoubles(y));
  }

  /** Adds a line. */
  public XyChart line(String name, double[] x, double[] y) {
    return add(name, Form.LINE, x, y);
  }

  /** The same with arrays of one dimension. */
  public XyChart line(String name, NDArray x, NDArray y) {
    return line(name, Tensors.toDoubles(x), Tensors.toDoubles(y));
  }

  /** Adds points without a line. */
  public XyChart points(String name, double[] x, double[] y) {
    return add(name, Form.POINTS, x, y);
  }

  /** The same with arrays of one dimension. */
  public XyChart points(String name, NDArray x, NDArray y) {
    return points(name, Tensors.toDoubles(x), Tensors.toDoubles(y));
  }

  /** Adds a line through marked points. */
  public XyChart marked(String name, double[] x, double[] y) {
    return add(name, Form.MARKED_LINE, x, y);
  }

  /** The same with arrays of one dimension. */
  public XyChart marked(String name, NDArray x, NDArray y) {
    return marked(name, Tensors.toDoubles(x), Tensors.toDoubles(y));
  }

  /** Adds a thin grey line, for raw values behind a smoothed one; it uses up no colour. */
  public XyChart pale(String name, double[] x, double[] y) {
    add(name, Form.PALE, x, y);
    styles--;
    return this;
  }

  /**
   * Adds several thin grey lines under one name, such as circles or connections; it uses up no
   * colour.
   *
   * @param x one array for each line
   * @param y as many arrays, each as long as the line's x
   */
  public XyChart outlines(String name, double[][] x, double[][] y) {
    if (x == null || y == null || x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "x and y of '%s' must hold one array for each line, but hold %s and %s"
              .formatted(name, x == null ? "null" : x.length, y == null ? "null" : y.length));
    }
    DoubleStream.Builder xs = DoubleStream.builder();
    DoubleStream.Builder ys = DoubleStream.builder();
    for (int i = 0; i < x.length; i++) {
      String what = " of line " + i + " of '" + name + "'";
      double[] line = Require.values(x[i], "x" + what);
      DoubleStream.of(line).forEach(xs);
      DoubleStream.of(Require.sameLength(y[i], "y" + what, line, "x")).forEach(ys);
      xs.add(Double.NaN);
      ys.add(Double.NaN);
    }
    add(name, Form.OUTLINES, xs.build().toArray(), ys.build().toArray());
    styles--;
    return this;
  }

  /** Adds the graph of {@code f} between {@code from} and {@code to}. */
  public XyChart curve(String name, DoubleUnaryOperator f, double from, double to) {
    Require.increasing(from, to, "from, to");
    double[] x = new double[CURVE_POINTS];
    double[] y = new double[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      double s = i / (CURVE_POINTS - 1.0);
      x[i] = logX ? from * Math.pow(to / from, s) : from + s * (to - from);
      y[i] = f.applyAsDouble(x[i]);
    }
    return add(name, Form.LINE, x, y);
  }

  /** Adds a shaded band, such as a mean plus and minus a standard deviation. */
  public XyChart band(String name, double[] x, double[] low, double[] high) {
    String what = "of band '" + Require.text(name, "name") + "'";
    double[] xs = Require.values(x, "x " + what);
    double[] lows = Require.sameLength(low, "low " + what, xs, "x");
    double[] highs = Require.sameLength(high, "high " + what, xs, "x");
    all.add(new XySeries(name, Form.BAND, xs, lows, highs, styles++));
    return this;
  }

  /**
   * Adds a grey line y ∝ xᵖ beneath the series added last, to compare slopes with on a log-log
   * plot. Call it directly after its series; several may follow one series.
   *
   * @throws IllegalStateException if no series came before
   */
  public XyChart referenceSlope(double p) {
    if (all.isEmpty()) {
      throw new IllegalStateException("referenceSlope must follow the series it is compared with");
    }
    int last = all.size() - 1;
    while (all.get(last).form() == Form.REFERENCE) {
      last--;
    }
    all.add(all.get(last).reference(p, references()));
    return this;
  }

  private int references() {
    return 1 + (int) all.stream().filter(series -> series.form() == Form.REFERENCE).count();
  }

  /** Makes the horizontal axis logarithmic; call it before {@link #curve}. */
  public XyChart logX() {
    logX = true;
    return this;
  }

  /** Makes the vertical axis logarithmic. */
  public XyChart logY() {
    logY = true;
    return this;
  }

  /** Fixes the ends of the horizontal axis. */
  public XyChart xRange(double low, double high) {
    Require.increasing(low, high, "xRange");
    xRange = new double[] {low, high};
    return this;
  }

  /** Fixes the ends of the vertical axis. */
  public XyChart yRange(double low, double high) {
    Require.increasing(low, high, "yRange");
    yRange = new double[] {low, high};
    return this;
  }

  private XyChart add(String name, Form form, double[] x, double[] y) {
    String what = "of series '" + Require.text(name, "name") + "'";
    double[] xs = Require.values(x, "x " + what);
    double[] ys = Require.sameLength(y, "y " + what, xs, "x");
    all.add(new XySeries(name, form, xs, ys, null, styles++));
    return this;
  }

  @Override
  XYPlot plot() {
    if (all.isEmpty()) {
      throw new IllegalStateException("Chart '" + title + "' has no series; add one with .series");
    }
    XYPlot plot = Axes.plot(axis(true), axis(false));
    for (XySeries series : all) {
      if (series.form() == Form.BAND) {
        noteNonFinite("'" + series.name() + "'", series.x(), series.y(), series.y2());
      } else if (series.form() != Form.OUTLINES) {
        noteNonFinite("'" + series.name() + "'", series.x(), series.y());
      }
      series.draw(plot);
    }
    return plot;
  }

  private ValueAxis axis(boolean horizontal) {
    String label = horizontal ? xLabel : yLabel;
    double[] range = horizontal ? xRange : yRange;
    Extent extent = extent(horizontal);
    if (horizontal ? logX : logY) {
      double[] ends = range != null ? range : new double[] {extent.low(), extent.high()};
      if (range != null) {
        Require.allPositive(range, horizontal ? "xRange" : "yRange");
      } else if (extent.isEmpty()) {
        ends = new double[] {0.1, 1};
      }
      all.forEach(series -> series.requirePositive(horizontal));
      return Axes.decades(label, ends[0], ends[1]);
    }
    double[] ends = range != null ? range : extent.padded(0.03);
    return Axes.linear(label, ends[0], ends[1]);
  }

  private Extent extent(boolean horizontal) {
    Extent extent = new Extent();
    all.forEach(series -> series.addTo(extent, horizontal));
    return extent;
  }

  @Override
  String description() {
    List<String> names = all.stream().map(XySeries::name).toList();
    Extent x = extent(true);
    Extent y = extent(false);
    return "%s of %s; horizontally %s%s, vertically %s%s."
        .formatted(
            kind,
            String.join(", ", names),
            range(xLabel, x.low(), x.high()),
            logX ? " (logarithmic)" : "",
            range(yLabel, y.low(), y.high()),
            logY ? " (logarithmic)" : "");
  }

  @Override
  XyChart self() {
    return this;
  }
}
