package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Tensors;

/**
 * F-PNDM as released. It visits the times 0, skip, 2 skip, …, each step leading to the time before
 * (the first to −1), and reads ᾱ at time τ from the table whose position 0 is the cleanest level,
 * at position τ + 1 (rounded towards zero first). So each step goes one stride towards clean, but
 * the steps together climb from the clean end to the noisy end, while the network, for which 0 is
 * the noisiest level, is told τ. Its authors list it among what did not help; {@link FpndmSampler}
 * is the method itself.
 *
 * @param schedule β and ᾱ
 * @param steps how many steps are asked for
 * @param clip whether the sample itself is kept within [−1, 1] after every transfer
 */
record ReleasedFpndm(ReleasedSchedule schedule, int steps, boolean clip) {

  private static final GaussianNoise WHITE = new WhiteNoise();

  NDArray sample(NoisePredictor network, NDArray start, SamplerObserver observer) {
    int[] times = schedule.indices(steps);
    SlopeHistory history = new SlopeHistory();
    SamplingLoop.Step step =
        (x, n, scope) -> {
          int time = times[n - 1];
          int next = n == 1 ? -1 : times[n - 2];
          SlopeHistory.Transfer transfer = (at, slope, to) -> transfer(at, slope, time, to);
          NDArray slope =
              history.slope(
                  x,
                  time,
                  next,
                  (at, tau) -> SamplingLoop.predict(network, at, tau),
                  transfer,
                  scope);
          NDArray reached = transfer.along(x, slope, next);
          return new SamplingLoop.Result(time, reached, reached);
        };
    try {
      return SamplingLoop.run(Tensors.copy(start), times.length, step, observer);
    } finally {
      history.close();
    }
  }

  private NDArray transfer(NDArray x, NDArray slope, double from, double to) {
    NDArray reached = DdimSampler.transfer(WHITE, x, slope, alphaBar(from), alphaBar(to));
    return clip ? reached.clip(-1, 1) : reached;
  }

  private double alphaBar(double time) {
    int position = (int) time + 1;
    if (position >= schedule.size()) {
      throw new IllegalArgumentException(
          "steps must leave the noisiest level out, as the released F-PNDM has none above it, but is "
              + steps
              + " of "
              + schedule.size());
    }
    return schedule.alphaBar(schedule.size() - 1 - position);
  }
}
