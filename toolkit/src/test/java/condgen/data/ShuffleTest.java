package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {
  @Test
  void order_isAPermutationThatSeedAndEpochChange() {
    int[] order = Shuffle.order(1000, 7, 2);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), sorted);
    assertArrayEquals(order, Shuffle.order(1000, 7, 2));
    assertFalse(Arrays.equals(order, Shuffle.order(1000, 7, 3)));
    assertFalse(Arrays.equals(order, Shuffle.order(1000, 8, 2)));
  }

  /** Each of 6 numbers stands at each of 6 places in 1/6 of 60,000 epochs, within 5 sigma. */
  @Test
  void order_overManyEpochs_isUniform() {
    int epochs = 60_000;
    int[][] count = new int[6][6];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = Shuffle.order(6, 11, epoch);
      for (int place = 0; place < 6; place++) {
        count[place][order[place]]++;
      }
    }
    double sigma = Math.sqrt(epochs * (1 / 6.0) * (5 / 6.0));
    for (int[] place : count) {
      for (int number : place) {
        assertEquals(epochs / 6.0, number, 5 * sigma);
      }
    }
  }
}
