package condgen.video;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;

/**
 * How a network is told the step t of a schedule of T steps; t = 1 is the cleanest and T the
 * noisiest.
 */
public enum StepCode {

  /**
   * t itself. Also for {@link condgen.diffusion.ReleasedSampling}, whose steps are indices already.
   */
  STEP {
    @Override
    public NDArray label(NDArray t, int steps) {
      return t;
    }
  },

  /** The index of the released code, T − t: 0 is the noisiest, T − 1 the cleanest. */
  RELEASED_INDEX {
    @Override
    public NDArray label(NDArray t, int steps) {
      return Scalars.subtractFrom(steps, t);
    }
  },

  /** t / T, the time in [0, 1] that the thesis writes. */
  UNIT_TIME {
    @Override
    public NDArray label(NDArray t, int steps) {
      return Scalars.scale(t, 1.0 / steps);
    }
  };

  /**
   * What the network is told.
   *
   * @param t (batch), steps of the full schedule
   * @param steps T
   * @return (batch)
   */
  public abstract NDArray label(NDArray t, int steps);
}
