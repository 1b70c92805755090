package condgen.nn;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

class PositionalEncodingTest {

  private static final int WIDTH = 128;

  private static double norm(double[] e) {
    double sum = 0;
    for (double value : e) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double[] printed(double t) {
    return Tensors.toDoubles(PositionalEncoding.printed(Tensors.ofDoubles(t), WIDTH));
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return norm(difference);
  }

  /** cos² + sin² = 1 for each of 64 pairs; products are cosines of differences of angles. */
  @Test
  @Equation("7.2.9")
  void printed_hasSquaredNormHalfItsWidth_andProductsThatDependOnTheDifferenceAlone() {
    try (Scope scope = Scope.open()) {
      double t = 0.83;
      double u = 0.21;
      double[] a = printed(t);
      double[] b = printed(u);
      assertEquals(64, norm(a) * norm(a), 1e-12);
      double product = 0;
      double cosines = 0;
      for (int i = 0; i < WIDTH; i++) {
        product += a[i] * b[i];
      }
      for (int d = 1; d <= WIDTH / 2; d++) {
        double w = Math.pow(10_000, -2.0 * d / WIDTH);
        cosines += Math.cos((t - u) * w);
        assertEquals(Math.cos(t * w), a[2 * d - 2], 1e-14);
        assertEquals(Math.sin(t * w), a[2 * d - 1], 1e-14);
      }
      assertEquals(cosines, product, 1e-12);
      assertEquals(0.865964, Math.acos(printed(1)[0]), 5e-7);
      assertEquals(1e-4, Math.asin(printed(1)[WIDTH - 1]), 1e-15);
    }
  }

  /** At most 16 apart, since each has norm 8; times in [0, 1] come no further than 1.70. */
  @Test
  @Equation("7.2.9")
  void printed_hardlyMovesForTimesBelowOne_andMovesForSteps() {
    try (Scope scope = Scope.open()) {
      assertEquals(1.70, distance(printed(1), printed(0)), 0.005);
      assertEquals(10.2, distance(printed(999), printed(0)), 0.05);
    }
  }

  @Test
  void vaswani_isThePrintedOneWithTheFirstFrequencyOne() {
    try (Scope scope = Scope.open()) {
      NDArray t = Tensors.ofDoubles(3, 700);
      double[] found = Tensors.toDoubles(PositionalEncoding.vaswani(t, 4));
      double[] expected = {
        Math.cos(3), Math.sin(3), Math.cos(0.03), Math.sin(0.03),
        Math.cos(700), Math.sin(700), Math.cos(7), Math.sin(7)
      };
      assertArrayEquals(expected, found, 1e-12);
    }
  }

  @Test
  void released_isSinesThenCosines_andEndsWithAZeroWhenOdd() {
    try (Scope scope = Scope.open()) {
      NDArray e = PositionalEncoding.released(Tensors.of(7, 2), 5);
      assertEquals(new Shape(2, 5), e.getShape());
      double[] first = {Math.sin(7), Math.sin(7e-4), Math.cos(7), Math.cos(7e-4), 0};
      assertArrayEquals(first, Tensors.toDoubles(e.get(0)), 1e-6);
    }
  }

  @Test
  void encodings_ofWidthsThatDoNotFit_areRefused() {
    try (Scope scope = Scope.open()) {
      NDArray t = Tensors.of(1);
      String odd =
          assertThrows(IllegalArgumentException.class, () -> PositionalEncoding.printed(t, 5))
              .getMessage();
      assertTrue(odd.contains("even") && odd.contains("5"), odd);
      assertThrows(IllegalArgumentException.class, () -> PositionalEncoding.released(t, 3));
    }
  }
}
