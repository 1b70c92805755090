package condgen.display;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Charts, each one call that starts with title and axis labels (with units) and ends with {@code
 * .picture()}:
 *
 * <pre>{@code
 * Charts.line("Euler's method against the exact solution", "t [s]", "x(t) [m]")
 *     .series("exact", t, exact)
 *     .series("Euler, h = 0.5 s", t, euler)
 *     .caption("Euler's curve lags behind where the solution bends.")
 *     .picture()
 * }</pre>
 */
public final class Charts {
  private Charts() {}

  /** Starts a chart of lines over a common axis. */
  public static XyChart line(String title, String xLabel, String yLabel) {
    return new XyChart("Line chart", XySeries.Form.LINE, title, xLabel, yLabel);
  }

  /** Starts a chart of points. */
  public static XyChart scatter(String title, String xLabel, String yLabel) {
    return new XyChart("Scatter plot", XySeries.Form.POINTS, title, xLabel, yLabel);
  }

  /**
   * Starts a chart of marked lines on two logarithmic axes, for orders of convergence: add {@link
   * XyChart#referenceSlope} after a series.
   */
  public static XyChart logLog(String title, String xLabel, String yLabel) {
    return new XyChart("Log-log plot", XySeries.Form.MARKED_LINE, title, xLabel, yLabel)
        .logX()
        .logY();
  }

  /** Starts a plot of arrows, with trajectories over them. */
  public static FieldChart vectorField(String title, String xLabel, String yLabel) {
    return new FieldChart("Vector field", title, xLabel, yLabel);
  }

  /** Starts a plot of trajectories in state space, one unit equally long on both axes. */
  public static FieldChart phasePortrait(String title, String xLabel, String yLabel) {
    return new FieldChart("Phase portrait", title, xLabel, yLabel).equalScales();
  }

  /** Starts an animated GIF whose frames are charts: add them with {@link ChartAnimation#frame}. */
  public static ChartAnimation animation() {
    return new ChartAnimation();
  }

  /**
   * Starts a histogram whose bars have area 1, so that densities can be drawn over it: {@link
   * HistogramChart#samples}, {@link HistogramChart#density(String, DoubleUnaryOperator)}.
   */
  public static HistogramChart histogram(String title, String xLabel) {
    return new HistogramChart("Histogram", title, xLabel, true);
  }

  /** Starts a chart of densities estimated from samples by Gaussian kernels. */
  public static HistogramChart density(String title, String xLabel) {
    return new HistogramChart("Density estimate", title, xLabel, false);
  }

  /**
   * Starts a heat map of a matrix, row 0 above, with a colour scale at the right.
   *
   * @param values one array per row, all of one length
   * @param valueLabel what the colours mean, with unit
   */
  public static HeatMapChart heatMap(
      String title, String xLabel, String yLabel, double[][] values, String valueLabel) {
    return new HeatMapChart(title, xLabel, yLabel, values, valueLabel);
  }

  /** The same with an array of two dimensions (rows, columns). */
  public static HeatMapChart heatMap(
      String title, String xLabel, String yLabel, NDArray values, String valueLabel) {
    long[] shape = values.getShape().getShape();
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "values must have two dimensions (rows, columns), but has shape " + values.getShape());
    }
    double[] flat = Tensors.toDoubles(values);
    int columns = Math.toIntExact(shape[1]);
    double[][] rows = new double[Math.toIntExact(shape[0])][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
    }
    return heatMap(title, xLabel, yLabel, rows, valueLabel);
  }
}
