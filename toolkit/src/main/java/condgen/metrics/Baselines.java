package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;

/** What the baselines share: checked arguments and still frames. */
final class Baselines {

  private Baselines() {}

  /** Frames from checked arguments: (B, frames, C, H, W), or (B, 1, C, H, W) for a still. */
  interface Rule {
    NDArray frames(NDArray past, NDArray future, int frames);
  }

  static VideoBaseline of(String name, boolean betweenOnly, Rule rule) {
    return new VideoBaseline() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean betweenOnly() {
        return betweenOnly;
      }

      @Override
      public NDArray predict(NDArray past, NDArray future, int frames) {
        require(past, future, frames, betweenOnly);
        try (Scope scope = Scope.open()) {
          NDArray result = rule.frames(past, future, frames);
          boolean still = result.getShape().get(1) == 1 && frames > 1;
          return scope.keep(still ? result.repeat(1, frames) : result);
        }
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  static void require(NDArray past, NDArray future, int frames, boolean both) {
    if (frames < 1) {
      throw new IllegalArgumentException("frames must be at least 1, but is " + frames);
    }
    if (past == null && future == null || both && (past == null || future == null)) {
      throw new IllegalArgumentException(
          both
              ? "past and future must both be given, but one is null"
              : "past or future must be given, but both are null");
    }
    if (past != null) {
      UnitFrames.requireClip(past, "past");
    }
    if (future != null) {
      UnitFrames.requireClip(future, "future");
    }
    if (past != null && future != null) {
      long[] expected = past.getShape().getShape().clone();
      expected[1] = -1;
      Arguments.requireShape(future, "future", expected);
    }
  }

  /** The last past frame, or the first future one: (B, 1, C, H, W). */
  static NDArray copy(NDArray past, NDArray future) {
    return past == null ? future.get(":, 0:1") : last(past);
  }

  private static NDArray last(NDArray past) {
    return past.get(":, " + (past.getShape().get(1) - 1) + ":");
  }

  static NDArray fade(NDArray past, NDArray future, int frames) {
    return fade(last(past).repeat(1, frames), future.get(":, 0:1").repeat(1, frames));
  }

  /** Frame i of n is (1 − i / (n + 1)) of the first and i / (n + 1) of the second, i = 1 ... n. */
  static NDArray fade(NDArray from, NDArray to) {
    int frames = (int) from.getShape().get(1);
    NDList faded = new NDList(frames);
    for (int i = 0; i < frames; i++) {
      double share = (i + 1.0) / (frames + 1);
      NDArray a = from.get(":, " + i);
      faded.add(Scalars.axpy(share, to.get(":, " + i).sub(a), a));
    }
    return NDArrays.stack(faded, 1);
  }
}
