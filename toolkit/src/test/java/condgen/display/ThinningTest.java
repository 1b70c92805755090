package condgen.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private final double[] x = Gallery.range(0, 1, 100_000);
  private final double[] y = new Random(5).doubles(100_000).toArray();

  @Test
  void lowestAndHighestPointStayWhereTheyAre() {
    y[31_415] = 7;
    y[92_653] = -7;
    double[][] thin = Thinning.of(x, y);
    assertTrue(thin[0].length <= 4000, "points: " + thin[0].length);
    for (int i : new int[] {31_415, 92_653}) {
      int at = Arrays.binarySearch(thin[0], x[i]);
      assertTrue(at >= 0);
      assertEquals(y[i], thin[1][at]);
    }
    for (int i = 1; i < thin[0].length; i++) {
      assertTrue(thin[0][i] >= thin[0][i - 1], "in the order of x");
    }
  }

  @Test
  void gapsStay() {
    y[50_000] = Double.NaN;
    assertEquals(1, Require.countNonFinite(Thinning.of(x, y)[1]));
  }

  @Test
  void shortLinesAndLoopsAreLeftAlone() {
    double[] few = {1, 2, 3};
    assertSame(few, Thinning.of(few, few)[1]);
    double[] circle = Gallery.map(x, a -> Math.cos(20 * a));
    assertSame(circle, Thinning.of(circle, y)[0]);
  }
}
