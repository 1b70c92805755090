package condgen.tensor;

import static org.junit.jupiter.api.Assertions.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void normal_ofOneStep_repeatsWhateverWasDrawnBefore() {
    try (Scope scope = Scope.open()) {
      Seeds seeds = Seeds.of(11);
      double[] first = Tensors.toDoubles(seeds.normal(5, new Shape(4)));
      seeds.normal(6, new Shape(100));
      assertArrayEquals(first, Tensors.toDoubles(seeds.normal(5, new Shape(4))));
      assertFalse(java.util.Arrays.equals(first, Tensors.toDoubles(seeds.normal(6, new Shape(4)))));
    }
  }

  @Test
  void normal_perSample_doesNotDependOnTheBatch() {
    try (Scope scope = Scope.open()) {
      NDArray four = Seeds.of(3).normal(new Shape(2, 3), 4);
      NDArray twenty = Seeds.of(3).normal(new Shape(2, 3), 20);
      assertEquals(new Shape(20, 2, 3), twenty.getShape());
      assertArrayEquals(Tensors.toDoubles(four), Tensors.toDoubles(twenty.get("0:4")));
    }
  }

  @Test
  void normal_hasMeanZeroAndVarianceOne() {
    try (Scope scope = Scope.open()) {
      int n = 100_000;
      double[] z = Tensors.toDoubles(Seeds.of(1).normal(0, new Shape(n)));
      double mean = 0;
      double square = 0;
      for (double v : z) {
        mean += v / n;
        square += v * v / n;
      }
      assertEquals(0, mean, 4 / Math.sqrt(n));
      assertEquals(1, square, 4 * Math.sqrt(2.0 / n));
    }
  }

  @Test
  void mix_ofManyRunsAndSteps_neverCollides() {
    Set<Long> seen = new HashSet<>();
    for (long run = 0; run < 100; run++) {
      for (long step = 0; step < 1000; step++) {
        assertTrue(seen.add(Seeds.mix(run, step)));
      }
    }
  }

  @Test
  void part_givesAnotherStream() {
    assertNotEquals(Seeds.of(1).part("data").run(), Seeds.of(1).part("noise").run());
    assertEquals(Seeds.of(1).part("data"), Seeds.of(1).part("data"));
  }
}
