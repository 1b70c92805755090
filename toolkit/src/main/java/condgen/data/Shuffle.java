package condgen.data;

import java.util.SplittableRandom;

/** The order of the records in an epoch: a permutation that depends on (seed, epoch) alone. */
final class Shuffle {
  private Shuffle() {}

  /**
   * A uniform permutation of 0 ... n-1 by the Fisher-Yates shuffle.
   *
   * @param n how many records
   * @param seed the run
   * @param epoch the pass over the data, from 0
   */
  static int[] order(int n, long seed, long epoch) {
    long mixed = new SplittableRandom(seed).nextLong() ^ new SplittableRandom(~epoch).nextLong();
    SplittableRandom random = new SplittableRandom(mixed);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
