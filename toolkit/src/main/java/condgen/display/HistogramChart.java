package condgen.display;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;

/**
 * Samples as bars of total area 1 or as smooth estimates, with densities over them. Made by {@link
 * Charts#histogram} and {@link Charts#density}.
 */
public final class HistogramChart extends Chart<HistogramChart> {
  private static final int CURVE_POINTS = 300;

  private record Samples(String name, double[] values, boolean bars, int style) {}

  private record Density(String name, DoubleUnaryOperator f, int style) {}

  private final String kind;
  private final boolean bars;
  private final List<Samples> samples = new ArrayList<>();
  private final List<Density> densities = new ArrayList<>();
  private int bins = 40;
  private double[] range;
  private int styles;

  HistogramChart(String kind, String title, String xLabel, boolean bars) {
    super(title, xLabel, "density");
    this.kind = kind;
    this.bars = bars;
  }

  /** Adds samples in the form that the chart is named for. */
  public HistogramChart samples(String name, double[] values) {
    return add(name, values, bars);
  }

  /** The same with all values of an array. */
  public HistogramChart samples(String name, NDArray values) {
    return samples(name, Tensors.toDoubles(values));
  }

  /**
   * Adds samples as a smooth curve: a Gaussian kernel of bandwidth 0.9 min(s, IQR/1.34) n^(-1/5)
   * (Silverman, 1986).
   */
  public HistogramChart smoothed(String name, double[] values) {
    return add(name, values, false);
  }

  /** The same with all values of an array. */
  public HistogramChart smoothed(String name, NDArray values) {
    return smoothed(name, Tensors.toDoubles(values));
  }

  private HistogramChart add(String name, double[] values, boolean asBars) {
    Require.text(name, "name");
    samples.add(
        new Samples(name, Require.values(values, "values of '" + name + "'"), asBars, styles++));
    return this;
  }

  /** Draws the density {@code f} over the samples. */
  public HistogramChart density(String name, DoubleUnaryOperator f) {
    densities.add(new Density(Require.text(name, "name"), f, styles++));
    return this;
  }

  /** Sets the number of bars over the range; 40 unless set. */
  public HistogramChart bins(int count) {
    bins = Require.positive(count, "count");
    return this;
  }

  /** Fixes the ends of the horizontal axis; the caption counts samples outside. */
  public HistogramChart range(double low, double high) {
    Require.increasing(low, high, "range");
    range = new double[] {low, high};
    return this;
  }

  @Override
  XYPlot plot() {
    if (samples.isEmpty() && range == null) {
      throw new IllegalStateException(
          "Chart '" + title + "' has no samples; add .samples, or .range for densities alone");
    }
    double[] ends = ends();
    NumberAxis y = Axes.linear(yLabel);
    y.setAutoRangeIncludesZero(true);
    y.setLowerMargin(0);
    XYPlot plot = Axes.plot(Axes.linear(xLabel, ends[0], ends[1]), y);
    for (Samples s : samples) {
      noteNonFinite("'" + s.name() + "'", s.values());
      double[] finite = Arrays.stream(s.values()).filter(Double::isFinite).toArray();
      if (s.bars()) {
        drawBars(plot, s, finite, ends);
      } else {
        drawCurve(plot, s.name(), new Kernels(finite)::density, s.style(), ends);
      }
    }
    for (Density d : densities) {
      drawCurve(plot, d.name(), d.f(), d.style(), ends);
    }
    return plot;
  }

  private void drawBars(XYPlot plot, Samples s, double[] finite, double[] ends) {
    double width = (ends[1] - ends[0]) / bins;
    double[] edges = new double[bins + 1];
    double[] heights = new double[bins];
    for (int i = 0; i <= bins; i++) {
      edges[i] = ends[0] + i * width;
    }
    int outside = 0;
    for (double value : finite) {
      if (value < ends[0] || value > ends[1]) {
        outside++;
      } else {
        heights[Math.min(bins - 1, (int) ((value - ends[0]) / width))] +=
            1 / (finite.length * width);
      }
    }
    if (outside > 0) {
      note(
          "%s of '%s' outside the range shown."
              .formatted(Numbers.plural(outside, "sample", "samples"), s.name()));
    }
    Layers.bars(plot, s.name(), edges, heights, Theme.colour(s.style()));
  }

  private static void drawCurve(
      XYPlot plot, String name, DoubleUnaryOperator f, int style, double[] ends) {
    double[] x = new double[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
      x[i] = ends[0] + i * (ends[1] - ends[0]) / (CURVE_POINTS - 1);
    }
    double[] y = Arrays.stream(x).map(f).toArray();
    Layers.line(plot, name, x, y, Theme.colour(style), Theme.stroke(style, 3f), null);
  }

  private double[] ends() {
    if (range != null) {
      return range;
    }
    Extent extent = new Extent();
    samples.forEach(s -> extent.add(s.values()));
    return extent.padded(bars ? 0 : 0.1);
  }

  @Override
  String description() {
    List<String> parts = new ArrayList<>();
    for (Samples s : samples) {
      double[] finite = Arrays.stream(s.values()).filter(Double::isFinite).toArray();
      double mean = Arrays.stream(finite).average().orElse(Double.NaN);
      double square = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      parts.add(
          "%s (%s, mean %s, standard deviation %s)"
              .formatted(
                  s.name(),
                  Numbers.plural(s.values().length, "sample", "samples"),
                  Numbers.format(mean),
                  Numbers.format(Math.sqrt(square))));
    }
    densities.forEach(d -> parts.add("the density " + d.name()));
    double[] ends = ends();
    return "%s of %s; horizontally %s, vertically density."
        .formatted(kind, String.join(", ", parts), range(xLabel, ends[0], ends[1]));
  }

  @Override
  HistogramChart self() {
    return this;
  }
}
