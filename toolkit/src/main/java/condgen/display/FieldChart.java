package condgen.display;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Tensors;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.XYPlot;

/**
 * Arrows in a plane and trajectories over them. Made by {@link Charts#vectorField} and {@link
 * Charts#phasePortrait}. An arrow stands with its middle where its vector is taken and is as long
 * as the vector, on a scale that fits the longest between its neighbours.
 */
public final class FieldChart extends Chart<FieldChart> {
  private static final Color ARROWS = new Color(0x808080);

  /** A vector for each point of the plane. */
  @FunctionalInterface
  public interface Field {
    /** Returns the two components at (x, y). */
    double[] at(double x, double y);
  }

  private record Trajectory(String name, double[] x, double[] y, int style) {}

  private final String kind;
  private final List<Trajectory> trajectories = new ArrayList<>();
  private double[] x = {};
  private double[] y = {};
  private double[] u = {};
  private double[] v = {};
  private SampledField sampled;
  private double[] window;
  private boolean equalLength;
  private int arrowsAcross;
  private int styles;

  FieldChart(String kind, String title, String xLabel, String yLabel) {
    super(title, xLabel, yLabel);
    this.kind = kind;
  }

  /** Sets how many arrows of a {@link #field} stand side by side; 20, or 15 with equal scales. */
  public FieldChart arrowsAcross(int count) {
    arrowsAcross = Require.positive(count, "count");
    return this;
  }

  /**
   * Draws {@code f} on a regular grid over the window, which the axes then show. {@code f} is asked
   * when the picture is made, so arrays that it reads must be open until then.
   */
  public FieldChart field(Field f, double xLow, double xHigh, double yLow, double yHigh) {
    if (f == null) {
      throw new IllegalArgumentException("f must be a field, but is null");
    }
    window(xLow, xHigh, yLow, yHigh);
    sampled = new SampledField(f, xLow, xHigh, yLow, yHigh);
    return this;
  }

  /** Takes the vectors of the field; how many depends on what was set after it, too. */
  private void sample() {
    int nx = arrowsAcross > 0 ? arrowsAcross : equalScales ? 15 : 20;
    double aspect = equalScales ? sampled.aspect() : 0.6;
    int ny = (int) Math.min(3.0 * nx, Math.max(2, Math.round(nx * aspect)));
    double[][] columns = sampled.columns(nx, ny);
    setArrows(columns[0], columns[1], columns[2], columns[3]);
  }

  /** Draws the vectors (u, v) at the points (x, y). */
  public FieldChart arrows(double[] x, double[] y, double[] u, double[] v) {
    setArrows(x, y, u, v);
    sampled = null;
    return this;
  }

  private void setArrows(double[] x, double[] y, double[] u, double[] v) {
    this.x = Require.values(x, "x");
    this.y = Require.sameLength(y, "y", x, "x");
    this.u = Require.sameLength(u, "u", x, "x");
    this.v = Require.sameLength(v, "v", x, "x");
  }

  /** Makes all arrows equally long: they show directions only. */
  public FieldChart directionsOnly() {
    equalLength = true;
    return this;
  }

  /** Fixes what part of the plane is shown. */
  public FieldChart window(double xLow, double xHigh, double yLow, double yHigh) {
    Require.increasing(xLow, xHigh, "xLow, xHigh");
    Require.increasing(yLow, yHigh, "yLow, yHigh");
    window = new double[] {xLow, xHigh, yLow, yHigh};
    return this;
  }

  /** Adds a trajectory in time order: a dot where it starts, an arrow head on its way. */
  public FieldChart trajectory(String name, double[] x, double[] y) {
    return add(Require.text(name, "name"), x, y, styles++);
  }

  /** The same with arrays of one dimension. */
  public FieldChart trajectory(String name, NDArray x, NDArray y) {
    return trajectory(name, Tensors.toDoubles(x), Tensors.toDoubles(y));
  }

  /** Adds several trajectories under one name and in one style, one array for each. */
  public FieldChart trajectories(String name, double[][] x, double[][] y) {
    Require.text(name, "name");
    if (x == null || y == null || x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "x and y of '%s' must hold one array for each trajectory, but hold %s and %s"
              .formatted(name, x == null ? "null" : x.length, y == null ? "null" : y.length));
    }
    int style = styles++;
    for (int i = 0; i < x.length; i++) {
      add(i == 0 ? name : "", x[i], y[i], style);
    }
    return this;
  }

  private FieldChart add(String name, double[] x, double[] y, int style) {
    String what = name.isEmpty() ? "of trajectory" : "of trajectory '" + name + "'";
    double[] xs = Require.values(x, "x " + what);
    double[] ys = Require.sameLength(y, "y " + what, xs, "x");
    trajectories.add(new Trajectory(name, xs, ys, style));
    return this;
  }

  @Override
  XYPlot plot() {
    if (sampled != null) {
      sample();
    }
    if (x.length == 0 && trajectories.isEmpty()) {
      throw new IllegalStateException(
          "Chart '" + title + "' is empty; add .field, .arrows or .trajectory");
    }
    double[] w = ends();
    XYPlot plot = Axes.plot(Axes.linear(xLabel, w[0], w[1]), Axes.linear(yLabel, w[2], w[3]));
    if (x.length > 0) {
      noteNonFinite("the field", x, y, u, v);
      ArrowRenderer arrows = new ArrowRenderer(u, v, equalLength, ARROWS);
      arrows.setSeriesVisibleInLegend(0, false);
      Layers.add(plot, Layers.dataset("field", x, y), arrows);
      plot.setDomainGridlinesVisible(false);
      plot.setRangeGridlinesVisible(false);
    }
    for (Trajectory t : trajectories) {
      noteNonFinite(t.name().isEmpty() ? "a trajectory" : "'" + t.name() + "'", t.x(), t.y());
      Color colour = Theme.colour(t.style());
      Layers.line(plot, t.name(), t.x(), t.y(), colour, Theme.stroke(t.style(), 3f), null);
      plot.addAnnotation(new TrajectoryMarks(t.x(), t.y(), colour));
    }
    return plot;
  }

  private double[] ends() {
    if (window != null) {
      return window;
    }
    Extent xs = new Extent().add(x);
    Extent ys = new Extent().add(y);
    for (Trajectory t : trajectories) {
      xs.add(t.x());
      ys.add(t.y());
    }
    double[] a = xs.padded(0.06);
    double[] b = ys.padded(0.06);
    return new double[] {a[0], a[1], b[0], b[1]};
  }

  @Override
  String description() {
    double[] w = ends();
    List<String> parts = new ArrayList<>();
    if (x.length > 0) {
      parts.add(
          Numbers.plural(x.length, "arrow", "arrows") + (equalLength ? " of equal length" : ""));
    }
    for (Trajectory t : trajectories) {
      if (!t.name().isEmpty()) {
        parts.add(t.name());
      }
    }
    return "%s with %s; horizontally %s, vertically %s."
        .formatted(
            kind, String.join(", ", parts), range(xLabel, w[0], w[1]), range(yLabel, w[2], w[3]));
  }

  @Override
  FieldChart self() {
    return this;
  }
}
