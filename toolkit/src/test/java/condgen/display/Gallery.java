package condgen.display;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One picture of each kind, for tests to measure and for people to look at. */
final class Gallery {
  private Gallery() {}

  /** Writes all pictures into the directory named by the first argument. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args.length > 0 ? args[0] : "target/gallery");
    for (Map.Entry<String, Drawable> entry : all().entrySet()) {
      long start = System.nanoTime();
      Picture picture = entry.getValue().picture();
      long millis = (System.nanoTime() - start) / 1_000_000;
      StringBuilder line = new StringBuilder(entry.getKey() + " " + millis + " ms");
      if (picture.png().isPresent()) {
        picture.save(directory.resolve(entry.getKey() + ".png"));
        line.append(", png ").append(picture.png().get().length);
      }
      if (picture.gif().isPresent()) {
        picture.save(directory.resolve(entry.getKey() + ".gif"));
        line.append(", gif ").append(picture.gif().get().length);
      }
      if (picture.svg().isPresent()) {
        picture.save(directory.resolve(entry.getKey() + ".svg"));
        line.append(", svg ").append(picture.svg().get().length());
      }
      if (picture.html().isPresent()) {
        picture.save(directory.resolve(entry.getKey() + ".html"));
      }
      System.out.println(line + ", " + picture.width() + " x " + picture.height());
      System.out.println("  " + picture.alt());
    }
  }

  static Map<String, Drawable> all() {
    Map<String, Drawable> all = new LinkedHashMap<>(charts());
    all.put("grid", grid());
    all.put("colourGrid", colourGrid());
    all.put("filmStrip", filmStrip());
    all.put("animation", animation());
    all.put("table", table());
    return all;
  }

  static Map<String, Chart<?>> charts() {
    Map<String, Chart<?>> charts = new LinkedHashMap<>();
    charts.put("line", line());
    charts.put("manyLines", manyLines());
    charts.put("band", band());
    charts.put("scatter", scatter());
    charts.put("logLog", logLog());
    charts.put("vectorField", vectorField());
    charts.put("slopeField", slopeField());
    charts.put("phasePortrait", phasePortrait());
    charts.put("histogram", histogram());
    charts.put("density", density());
    charts.put("heatMap", heatMap());
    charts.put("covariance", covariance());
    return charts;
  }

  static XyChart line() {
    double[] t = range(0, 5, 101);
    double[] steps = range(0, 5, 11);
    double[] euler = new double[11];
    euler[0] = 1;
    for (int i = 1; i < 11; i++) {
      euler[i] = euler[i - 1] * 0.5;
    }
    return Charts.line("Euler's method against the exact solution", "t [s]", "x(t) [m]")
        .series("exact", t, map(t, x -> Math.exp(-x)))
        .marked("Euler, h = 0.5 s", steps, euler)
        .caption("Euler's curve falls too fast where the solution bends most, and ends near it.")
        .svg();
  }

  static XyChart manyLines() {
    double[] t = range(0, 10, 200);
    XyChart chart = Charts.line("Seven noise levels over time", "step", "signal rate ᾱ [-]");
    for (int i = 0; i < 7; i++) {
      double rate = 0.1 * (i + 1);
      chart.series("β = " + Numbers.format(rate), t, map(t, x -> Math.exp(-rate * x)));
    }
    return chart;
  }

  static XyChart band() {
    double[] t = range(0, 1000, 60);
    double[] mean = map(t, x -> Math.exp(-x / 300));
    double[] low = map(t, x -> Math.exp(-x / 300) - 0.1);
    double[] high = map(t, x -> Math.exp(-x / 300) + 0.1);
    mean[20] = Double.NaN;
    return Charts.line("Mean and spread of the norm", "t [step]", "norm [-]")
        .band("± 1 standard deviation", t, low, high)
        .series("mean of 64 digits", t, mean)
        .caption("The spread stays while the mean falls.");
  }

  static XyChart scatter() {
    Random random = new Random(1);
    double[][] a = cloud(random, 500, -1, 0.4);
    double[][] b = cloud(random, 60, 1, 0.2);
    return Charts.scatter("Samples of two Gaussians", "x₁ [-]", "x₂ [-]")
        .series("model (500)", a[0], a[1])
        .series("data (60)", b[0], b[1])
        .equalScales();
  }

  static XyChart logLog() {
    double[] h = {0.5, 0.25, 0.125, 0.0625, 0.03125};
    return Charts.logLog("Order of convergence", "step size h [s]", "error at t = 1 [m]")
        .series("Euler", h, map(h, x -> 0.5 * x))
        .referenceSlope(1)
        .series("midpoint", h, map(h, x -> 0.2 * x * x))
        .referenceSlope(2)
        .series("RK4", h, map(h, x -> 0.05 * Math.pow(x, 4)))
        .referenceSlope(4)
        .caption("Each method's points run parallel to the grey line of its order.")
        .svg();
  }

  static FieldChart vectorField() {
    return Charts.vectorField("Score of a mixture of two Gaussians", "x₁ [-]", "x₂ [-]")
        .field(Gallery::score, -4, 4, -2.4, 2.4)
        .caption("All arrows point to the nearer mode.");
  }

  private static double[] score(double x, double y) {
    double a = Math.exp(-((x - 1.5) * (x - 1.5) + y * y) / 2);
    double b = Math.exp(-((x + 1.5) * (x + 1.5) + y * y) / 2);
    return new double[] {(a * (1.5 - x) + b * (-1.5 - x)) / (a + b), -y};
  }

  static FieldChart slopeField() {
    double[] t = range(0, 4, 100);
    DoubleUnaryOperator forced = s -> (Math.sin(s) - Math.cos(s)) / 2;
    return Charts.vectorField("Slopes of dx/dt = -x + sin t", "t [s]", "x [m]")
        .field((s, x) -> new double[] {1, Math.sin(s) - x}, 0, 4, -1.5, 2)
        .directionsOnly()
        .trajectory("x(0) = 1.5", t, map(t, s -> 2 * Math.exp(-s) + forced.applyAsDouble(s)))
        .trajectory("x(0) = -1", t, map(t, s -> -0.5 * Math.exp(-s) + forced.applyAsDouble(s)));
  }

  static FieldChart phasePortrait() {
    double[][] x = new double[6][200];
    double[][] v = new double[6][200];
    for (int k = 0; k < 6; k++) {
      for (int i = 0; i < 200; i++) {
        double t = 0.04 * i;
        double r = 1.8 * Math.exp(-0.15 * t);
        x[k][i] = r * Math.cos(t + k * Math.PI / 3);
        v[k][i] = -r * Math.sin(t + k * Math.PI / 3);
      }
    }
    return Charts.phasePortrait("Damped oscillator: flows never cross", "x [m]", "v [m/s]")
        .field((a, b) -> new double[] {b - 0.15 * a, -a - 0.15 * b}, -2, 2, -2, 2)
        .trajectories("six starts on a circle", x, v)
        .caption("Curves that start apart stay apart: each point has one future.");
  }

  static HistogramChart histogram() {
    Random random = new Random(2);
    double[] a = random.doubles(5000).map(u -> random.nextGaussian()).toArray();
    double[] b = random.doubles(5000).map(u -> 1.5 + 0.5 * random.nextGaussian()).toArray();
    return Charts.histogram("Pixel noise at two steps", "ε [-]")
        .samples("t = 1000", a)
        .samples("t = 10", b)
        .density("N(0, 1)", x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI))
        .caption("At the last step the noise is standard normal.");
  }

  static HistogramChart density() {
    Random random = new Random(3);
    double[] a = random.doubles(800).map(u -> random.nextGaussian()).toArray();
    double[] b =
        random.doubles(800).map(u -> (u < 0.5 ? -2 : 2) + random.nextGaussian() / 2).toArray();
    return Charts.density("Samples of data and model", "x [m]")
        .samples("model", a)
        .samples("data", b);
  }

  static HeatMapChart heatMap() {
    double[][] values = new double[60][100];
    for (int r = 0; r < 60; r++) {
      for (int c = 0; c < 100; c++) {
        double x = -3 + 6 * c / 99.0;
        double y = -2 + 4 * r / 59.0;
        double p = Math.exp(-(x - 1) * (x - 1) - y * y);
        double q = 0.6 * Math.exp(-(x + 1) * (x + 1) - (y - 0.5) * (y - 0.5));
        values[r][c] = p - q;
      }
    }
    return Charts.heatMap("Difference of two densities", "x [m]", "y [m]", values, "p - q [1/m²]")
        .over(-3, 3, -2, 2)
        .aroundZero()
        .caption("Red: more data than the model expects.")
        .svg();
  }

  static HeatMapChart covariance() {
    double[][] values = new double[12][12];
    for (int r = 0; r < 12; r++) {
      for (int c = 0; c < 12; c++) {
        values[r][c] = Math.exp(-Math.abs(r - c) / 3.0);
      }
    }
    values[3][7] = Double.NaN;
    return Charts.heatMap(
        "Covariance of twelve pixels", "pixel", "pixel", values, "covariance [-]");
  }

  static ImageGrid grid() {
    String[] names = new String[16];
    Arrays.setAll(names, Integer::toString);
    return Images.grid("Sixteen blobs", blobs(16, 1, 28, 1), 16, 1, 28, 28)
        .captions(names)
        .rowCaptions("first", "second")
        .caption("Blobs move right as their number grows.");
  }

  static ImageGrid colourGrid() {
    return Images.grid("Colour", blobs(12, 3, 32, 2), 12, 3, 32, 32).columns(6);
  }

  static FilmStrip filmStrip() {
    FilmStrip strip = Images.filmStrip("Reverse steps of three samples");
    for (int t : new int[] {1000, 800, 600, 400, 200, 100, 50, 0}) {
      strip.step("t = " + t, noisy(blobs(3, 1, 28, 3), t / 1000.0), 3, 1, 28, 28);
    }
    return strip.rowCaptions("a", "b", "c").caption("Form appears before detail.");
  }

  static Animation animation() {
    Animation animation = Images.animation("Reverse diffusion").frameMillis(120);
    for (int t = 1000; t >= 0; t -= 50) {
      animation.frame("t = " + t, noisy(blobs(4, 1, 28, 4), t / 1000.0), 4, 1, 28, 28);
    }
    return animation.caption("Noise turns into blobs.");
  }

  static TableChart table() {
    Table table =
        Table.create(
            "Solvers",
            StringColumn.create("method", "Euler <1>", "RK4 & co", "dopri5"),
            IntColumn.create("evaluations", new int[] {100, 400, 62}),
            DoubleColumn.create("error [m]", new double[] {0.0123456, 3.2e-9, Double.NaN}));
    return Tables.of("Evaluations and errors", table).caption("More stages, fewer evaluations.");
  }

  static float[] blobs(int n, int channels, int side, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n * channels * side * side];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < channels; c++) {
        double cx = side * (0.3 + 0.4 * i / n + 0.1 * random.nextDouble());
        double cy = side * (0.3 + 0.4 * random.nextDouble());
        for (int p = 0; p < side * side; p++) {
          double d = Math.hypot(p % side - cx, p / side - cy);
          values[at++] = (float) (2 * Math.exp(-d * d / (0.03 * side * side)) - 1);
        }
      }
    }
    return values;
  }

  static float[] noisy(float[] clean, double amount) {
    Random random = new Random(9);
    float[] values = new float[clean.length];
    for (int i = 0; i < clean.length; i++) {
      double noise = Math.sqrt(amount) * random.nextGaussian();
      values[i] = (float) (Math.sqrt(1 - amount) * clean[i] + noise);
    }
    return values;
  }

  private static double[][] cloud(Random random, int n, double centre, double spread) {
    double[][] xy = new double[2][n];
    for (int i = 0; i < n; i++) {
      xy[0][i] = centre + spread * random.nextGaussian();
      xy[1][i] = centre / 2 + spread * random.nextGaussian();
    }
    return xy;
  }

  static double[] range(double from, double to, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = from + (to - from) * i / (n - 1);
    }
    return x;
  }

  static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }
}
