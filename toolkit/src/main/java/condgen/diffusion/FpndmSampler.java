package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import java.util.concurrent.CancellationException;

/**
 * From noise to samples by F-PNDM, Liu et al. (2022): the steps of DDIM along a noise that is a
 * weighted sum of several predictions, as in solvers of order 4. Three first steps by Runge-Kutta
 * take four predictions each, all others by Adams-Bashforth one.
 *
 * <p>Here time runs from L down to 0 and the network is told the thesis's t, at the middle of a
 * Runge-Kutta step the mean of two; ᾱ there is interpolated. The released code is {@link
 * ReleasedSampling}'s, which goes through the levels in another order.
 *
 * @param process the forward process that is undone; its schedule must have at least four steps
 */
public record FpndmSampler(ForwardProcess process) {

  /**
   * Checks the schedule.
   *
   * @throws IllegalArgumentException if the schedule has fewer than four steps: the network would
   *     be asked at t = 0
   */
  public FpndmSampler {
    if (process.schedule().steps() < 4) {
      throw new IllegalArgumentException(
          "the schedule must have at least 4 steps, but has " + process.schedule().steps());
    }
  }

  /** How often a network is asked for one batch: nine more than there are steps. */
  public int evaluations() {
    return process.schedule().steps() + 9;
  }

  /**
   * Samples from pure noise, the same as of {@link DdimSampler#sample}, with its arguments.
   *
   * @param network ε_θ; between two steps it is asked at a t with a fraction
   * @param sample shape of one sample
   * @param count how many
   * @param seeds seeds of this draw
   * @param observer sees each step
   * @return (count, sample...), in the enclosing scope
   * @throws IllegalStateException if the network's output is not finite
   * @throws CancellationException if the thread is interrupted; the interrupt stays set
   */
  public NDArray sample(
      NoisePredictor network, Shape sample, int count, Seeds seeds, SamplerObserver observer) {
    NoiseSchedule schedule = process.schedule();
    NoiseSchedule full = schedule.full();
    SlopeHistory history = new SlopeHistory();
    SamplingLoop.Step step =
        (x, n, scope) -> {
          int t = schedule.steps() + 1 - n;
          int label = schedule.label(t);
          double from = schedule.alphaBar(t);
          SlopeHistory.Transfer transfer =
              (at, epsilon, to) ->
                  DdimSampler.transfer(
                      process.noise(), at, epsilon, from, full.alphaBarBetween(to));
          NDArray slope =
              history.slope(
                  x,
                  label,
                  schedule.label(t - 1),
                  (at, time) -> SamplingLoop.predict(network, at, time),
                  transfer,
                  scope);
          NDArray next = transfer.along(x, slope, schedule.label(t - 1));
          return new SamplingLoop.Result(label, next, process.denoisedEstimate(x, slope, t));
        };
    NDArray start = process.pureNoise(sample, count, seeds);
    try {
      return SamplingLoop.run(start, schedule.steps(), step, observer);
    } finally {
      history.close();
    }
  }
}
