package condgen.diffusion;

import ai.djl.ndarray.NDArray;

/** ∇ log p_t(x): the direction in which a noisy sample becomes more probable, at any time. */
@FunctionalInterface
public interface ScoreFunction {

  /**
   * The score.
   *
   * @param x (batch, sample...)
   * @param t time, from 0 (data) to 1 (noise)
   * @return of x's shape and type
   */
  NDArray at(NDArray x, double t);

  /**
   * The score that a network for discrete steps implies. At time t it is asked at the step, between
   * two whole ones if need be, at which the schedule has the ratio of noise to signal of the
   * equation; x is scaled to what the network has seen there. With less noise than at the first
   * step, the network of the first step answers.
   *
   * @param network ε_θ of x and a step
   * @param sde the equation whose score is wanted
   * @param schedule the schedule that the network was trained with
   */
  static ScoreFunction of(NoisePredictor network, DiffusionSde sde, NoiseSchedule schedule) {
    PredictedScore predicted = new PredictedScore(sde, schedule);
    return (x, t) -> predicted.of(network, x, t);
  }
}
