package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Devices;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import org.junit.jupiter.api.Test;

class MaximumMeanDiscrepancyTest {

  private static NDArray draw(long step, int n, int dimension) {
    return Seeds.of(5).normal(step, new Shape(n, dimension));
  }

  @Test
  void bothEstimates_areTheSumsOverPairs() {
    try (Scope scope = Scope.open()) {
      NDArray x = draw(1, 5, 3);
      NDArray y = draw(2, 7, 3);
      MaximumMeanDiscrepancy mmd = new MaximumMeanDiscrepancy(0.8);
      double cross = 2 * pairs(x, y, 0.8, false) / 35;
      double biased = pairs(x, x, 0.8, false) / 25 + pairs(y, y, 0.8, false) / 49 - cross;
      double unbiased = pairs(x, x, 0.8, true) / 20 + pairs(y, y, 0.8, true) / 42 - cross;
      assertEquals(biased, mmd.biased(x, y), 1e-12);
      assertEquals(unbiased, mmd.unbiased(x, y), 1e-12);
      assertTrue(biased > unbiased);
    }
  }

  private static double pairs(NDArray x, NDArray y, double h, boolean differentOnly) {
    double[] a = Tensors.toDoubles(x);
    double[] b = Tensors.toDoubles(y);
    double sum = 0;
    for (int i = 0; i < a.length / 3; i++) {
      for (int k = 0; k < b.length / 3; k++) {
        double square = 0;
        for (int d = 0; d < 3; d++) {
          square += Math.pow(a[3 * i + d] - b[3 * k + d], 2);
        }
        sum += differentOnly && i == k ? 0 : Math.exp(-square / (2 * h * h));
      }
    }
    return sum;
  }

  /**
   * Kernel means of Gaussians are Gaussian integrals: 2 (h²/(h² + 2)) (1 − exp(−m²/(2(h² + 2)))).
   */
  @Test
  void unbiased_ofTwoGaussians_isOnAverageTheClosedForm() {
    double h = 1.3;
    double shift = 0.9;
    double spread = h * h + 2;
    double exact = 2 * h * h / spread * (1 - Math.exp(-shift * shift / (2 * spread)));
    int runs = 40;
    double[] found = new double[runs];
    double[] same = new double[runs];
    double[] biased = new double[runs];
    MaximumMeanDiscrepancy mmd = new MaximumMeanDiscrepancy(h);
    for (int r = 0; r < runs; r++) {
      try (Scope scope = Scope.open()) {
        NDArray x = draw(10 + 2 * r, 200, 2);
        NDArray y = draw(11 + 2 * r, 200, 2);
        NDArray moved = y.add(Tensors.of(shift, 0).expandDims(0));
        found[r] = mmd.unbiased(x, moved);
        same[r] = mmd.unbiased(x, y);
        biased[r] = mmd.biased(x, y);
      }
    }
    assertEquals(exact, mean(found), 4 * error(found));
    assertEquals(0, mean(same), 4 * error(same));
    assertTrue(mean(biased) > 4 * error(biased), "the biased one is above 0 for equal ones");
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }

  @Test
  void medianOf_isTheMedianDistance() {
    try (Scope scope = Scope.open()) {
      NDArray three = Tensors.of(new float[][] {{0, 0}, {3, 4}, {30, 40}});
      assertEquals(45, MaximumMeanDiscrepancy.medianOf(three).bandwidth(), 1e-6);
      NDArray four = Tensors.of(new float[][] {{0, 0}, {3, 4}, {6, 8}, {30, 40}});
      assertEquals(25, MaximumMeanDiscrepancy.medianOf(four).bandwidth(), 1e-6);
    }
  }

  @Test
  void badInput_isNamed_andNothingIsLeft() {
    try (Scope scope = Scope.open()) {
      NDArray x = draw(1, 4, 2);
      MaximumMeanDiscrepancy mmd = new MaximumMeanDiscrepancy(1);
      assertTrue(message(() -> new MaximumMeanDiscrepancy(0)).contains("bandwidth"));
      assertTrue(message(() -> mmd.biased(x, draw(2, 4, 3))).contains("y"));
      assertTrue(message(() -> mmd.unbiased(draw(2, 1, 2), x)).contains("at least 2 points"));
      assertTrue(
          message(() -> MaximumMeanDiscrepancy.medianOf(Scalars.scale(x, 0)))
              .contains("bandwidth"));
      mmd.unbiased(x, x);
      int before = Devices.liveArrays();
      mmd.unbiased(x, x);
      assertEquals(before, Devices.liveArrays());
    }
  }

  private static String message(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
