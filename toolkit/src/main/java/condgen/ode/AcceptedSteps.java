package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Remembers where a solver stepped, and the state before some of the steps: at most k of them,
 * about equally many steps apart. The states are kept as Java numbers, exactly.
 */
final class AcceptedSteps implements StepObserver {

  private final int most;
  private final TreeMap<Integer, List<Object>> checkpoints = new TreeMap<>();
  private final NDList like;
  private double[] ends = new double[64];
  private double[] lengths = new double[64];
  private final double start;
  private int count;
  private int stride = 1;

  /** Remembers at most k states, x0 at {@code start} among them. */
  AcceptedSteps(int k, double start, NDList x0) {
    most = k;
    like = x0;
    this.start = start;
    remember(0, x0);
  }

  @Override
  public void accepted(long step, double t, double h, NDList x, double errorRatio) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    ends[count] = t;
    lengths[count] = h;
    count++;
    if (count % stride == 0) {
      remember(count, x);
    }
    while (checkpoints.size() > most) {
      stride *= 2;
      checkpoints.keySet().removeIf(place -> place % stride != 0);
    }
  }

  /** Number of steps. */
  int count() {
    return count;
  }

  /** Time before step i, from 0. */
  double start(int i) {
    return i == 0 ? start : ends[i - 1];
  }

  /** Time after step i. */
  double end(int i) {
    return ends[i];
  }

  /** Length of step i. */
  double length(int i) {
    return lengths[i];
  }

  /** The last remembered place before a step, as the number of steps before it. */
  int checkpointBefore(int step) {
    return checkpoints.lowerKey(step);
  }

  /** The state that is remembered at a place, as new arrays. */
  NDList state(int place) {
    List<Object> numbers = checkpoints.get(place);
    NDList state = new NDList(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      Object of = numbers.get(i);
      state.add(
          of instanceof float[] floats
              ? Tensors.of(floats, like.get(i).getShape())
              : Tensors.of((double[]) of, like.get(i).getShape()).toType(type(), false));
    }
    return state;
  }

  private DataType type() {
    return like.get(0).getDataType();
  }

  private void remember(int place, NDList x) {
    List<Object> numbers = new ArrayList<>();
    for (NDArray array : x) {
      numbers.add(type() == DataType.FLOAT32 ? Tensors.toFloats(array) : Tensors.toDoubles(array));
    }
    checkpoints.put(place, numbers);
  }
}
