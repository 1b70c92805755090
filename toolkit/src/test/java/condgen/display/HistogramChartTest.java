package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.IntervalXYDataset;
import org.junit.jupiter.api.Test;

class HistogramChartTest {
  @Test
  void barsHaveAreaOne() {
    XYPlot plot = Gallery.histogram().plot();
    for (int set = 0; set < 2; set++) {
      IntervalXYDataset bars = (IntervalXYDataset) plot.getDataset(set);
      double area = 0;
      for (int i = 0; i < bars.getItemCount(0); i++) {
        area += bars.getYValue(0, i) * (bars.getEndXValue(0, i) - bars.getStartXValue(0, i));
      }
      assertEquals(1, area, 1e-9);
    }
  }

  @Test
  void kernelEstimateHasAreaOneAndFollowsTheDensity() {
    Random random = new Random(11);
    double[] samples = random.doubles(20_000).map(u -> random.nextGaussian()).toArray();
    Kernels kernels = new Kernels(samples);
    double area = 0;
    double worst = 0;
    for (double x = -6; x < 6; x += 0.01) {
      double density = kernels.density(x);
      area += 0.01 * density;
      worst = Math.max(worst, Math.abs(density - Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)));
    }
    assertEquals(1, area, 1e-3);
    // Bandwidth 0.124: bias at most h²/2 · 0.4 = 0.003, standard error 0.0045; four of the latter.
    assertTrue(worst < 0.021, "worst error " + worst);
  }

  @Test
  void samplesOutsideTheRangeAreCounted() {
    String alt =
        Charts.histogram("T", "x [m]")
            .samples("a", new double[] {0.5, 2, Double.NaN})
            .range(0, 1)
            .picture()
            .alt();
    assertTrue(alt.contains("1 sample of 'a' outside the range shown."), alt);
    assertTrue(alt.contains("Not drawn: 1 value of 'a'"), alt);
  }
}
