package condgen.data;

import java.util.Arrays;

/**
 * Which records each training step takes: an epoch is a permutation by {@link Shuffle}, cut into
 * batches; what is left over waits for another epoch. The permutation used last is kept, since the
 * next step mostly needs the same. Safe for several threads.
 */
final class BatchOrder {
  private final int count;
  private Epoch last;

  private record Epoch(long seed, long number, int[] order) {}

  /** Orders {@code count} records, at least one. */
  BatchOrder(int count) {
    this.count = count;
  }

  /** The records of one step: {@code size} numbers from 0 to count - 1, all different. */
  int[] chosen(long seed, long step, int size) {
    int perEpoch = count / size;
    int[] order = order(seed, step / perEpoch);
    int start = (int) (step % perEpoch) * size;
    return Arrays.copyOfRange(order, start, start + size);
  }

  private synchronized int[] order(long seed, long number) {
    if (last == null || last.seed != seed || last.number != number) {
      last = new Epoch(seed, number, Shuffle.order(count, seed, number));
    }
    return last.order;
  }
}
