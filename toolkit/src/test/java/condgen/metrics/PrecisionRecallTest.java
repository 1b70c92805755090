package condgen.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PrecisionRecallTest {

  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NDArray line(double... points) {
    return Tensors.ofDoubles(points).reshape(points.length, 1);
  }

  @Test
  void radii_onALine_areDistancesToTheKthOther() {
    NDArray points = line(0, 1, 3, 7);
    assertArrayEquals(new double[] {1, 1, 2, 4}, NeighbourBalls.of(points, 1).radii(), 0);
    assertArrayEquals(new double[] {3, 2, 3, 6}, NeighbourBalls.of(points, 2).radii(), 0);
    assertArrayEquals(new double[] {7, 6, 4, 7}, NeighbourBalls.of(points, 3).radii(), 0);
  }

  /** Balls [-1, 1], [0, 2], [1, 5], [3, 11]: their surface counts, the gap outside does not. */
  @Test
  void contain_onALine_countsTheSurface() {
    NeighbourBalls balls = NeighbourBalls.of(line(0, 1, 3, 7), 1);
    boolean[] inside = balls.contain(line(-1, -1.001, 5, 11, 11.001, 2.5));
    assertArrayEquals(new boolean[] {true, false, true, true, false, true}, inside);
  }

  @Test
  void of_disjointEqualAndCollapsedSets_isByHand() {
    NDArray real = Seeds.of(3).normal(0, new Shape(60, 3));
    assertEquals(new PrecisionRecall(1, 1), PrecisionRecall.of(real, real.duplicate(), 3));
    assertEquals(new PrecisionRecall(0, 0), PrecisionRecall.of(real, real.add(1000), 3));
    NDArray collapsed = real.get("0:1").repeat(0, 40);
    PrecisionRecall came = PrecisionRecall.of(real, collapsed, 3);
    assertEquals(1, came.precision());
    assertEquals(1.0 / 60, came.recall(), 1e-12);
  }

  /** Equal points far from the origin: a matrix product alone would find them apart. */
  @Test
  void of_duplicatesFarFromTheOrigin_areAtDistanceZero() {
    NDArray real = Seeds.of(4).normal(0, new Shape(1, 5)).repeat(0, 8).add(12345.678f);
    assertArrayEquals(new double[8], NeighbourBalls.of(real, 3).radii(), 0);
    assertEquals(new PrecisionRecall(1, 1), PrecisionRecall.of(real, real.duplicate(), 3));
  }

  /** Against plain loops, over several blocks of rows. */
  @Test
  void of_manyPoints_isAsByPlainLoops() {
    NDArray real = Seeds.of(6).normal(0, new Shape(700, 4));
    NDArray generated = Seeds.of(6).normal(1, new Shape(530, 4)).mul(1.3).add(0.5);
    PrecisionRecall came = PrecisionRecall.of(real, generated, 3);
    assertEquals(share(rows(real), rows(generated), 3), came.precision(), 1e-12);
    assertEquals(share(rows(generated), rows(real), 3), came.recall(), 1e-12);
    assertTrue(came.precision() < 0.95 && came.recall() > came.precision(), came.toString());
  }

  private static double[][] rows(NDArray points) {
    int d = (int) points.getShape().get(1);
    double[] flat = Tensors.toDoubles(points);
    double[][] rows = new double[flat.length / d][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * d, (i + 1) * d));
    return rows;
  }

  private static double share(double[][] centres, double[][] points, int k) {
    double[] radii = new double[centres.length];
    for (int i = 0; i < centres.length; i++) {
      double[] c = centres[i];
      radii[i] = Arrays.stream(centres).mapToDouble(o -> distance(c, o)).sorted().toArray()[k];
    }
    int inside = 0;
    for (double[] p : points) {
      boolean found = false;
      for (int i = 0; i < centres.length; i++) {
        found |= distance(p, centres[i]) <= radii[i];
      }
      inside += found ? 1 : 0;
    }
    return (double) inside / points.length;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void of_badInput_isRefused() {
    NDArray three = line(1, 2, 3);
    refuses("k must be between 1 and", () -> PrecisionRecall.of(three, three, 3));
    refuses("but is 0", () -> PrecisionRecall.of(three, three, 0));
    NDArray wide = Tensors.zeros(new Shape(5, 2));
    refuses("generatedFeatures", () -> PrecisionRecall.of(three, wide, 1));
    refuses("finite", () -> PrecisionRecall.of(three, line(1, Double.NaN, 2), 1));
  }

  private static void refuses(String message, Executable call) {
    String came = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(came.contains(message), came);
  }
}
