package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Layer;
import condgen.tensor.Dual;

/**
 * A score that also gives products with its Jacobian, which a likelihood needs for the divergence.
 */
@FunctionalInterface
public interface DualScore extends ScoreFunction {

  /**
   * The score, written over {@link Dual}.
   *
   * @param x (batch, sample...)
   * @param t time, from 0 (data) to 1 (noise)
   */
  Dual at(Dual x, double t);

  @Override
  default NDArray at(NDArray x, double t) {
    return at(Dual.of(x), t).value();
  }

  /** The score that a network for discrete steps implies, as {@link ScoreFunction#of}. */
  static DualScore of(Layer network, NDList theta, DiffusionSde sde, NoiseSchedule schedule) {
    PredictedScore predicted = new PredictedScore(sde, schedule);
    return (x, t) -> predicted.of(network, theta, x, t);
  }
}
