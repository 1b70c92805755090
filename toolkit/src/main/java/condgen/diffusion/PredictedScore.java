package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Layer;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.Arrays;

/**
 * From a network for the steps of a schedule to the score of an equation in continuous time:
 * −Σ^(−½) ε_θ / s(t).
 *
 * @param sde a(t) and s(t)
 * @param schedule ᾱ of the network's steps
 */
record PredictedScore(DiffusionSde sde, NoiseSchedule schedule) {

  /** ᾱ with the equation's ratio of noise to signal, at most that of the first step. */
  private double alphaBar(double t) {
    double ratio = sde.deviation(t) / sde.meanFactor(t);
    return Math.min(1 / (1 + ratio * ratio), schedule.alphaBar(1));
  }

  /** s(t), at least that of the first step. */
  private double deviation(double t) {
    double alphaBar = alphaBar(t);
    return sde.meanFactor(t) * Math.sqrt((1 - alphaBar) / alphaBar);
  }

  /**
   * The step at which the schedule has this ᾱ, linear in log ᾱ between whole steps, within the
   * steps that there are.
   */
  double step(double alphaBar) {
    int low = 1;
    int high = schedule.steps();
    if (alphaBar >= schedule.alphaBar(low)) {
      return low;
    }
    if (alphaBar <= schedule.alphaBar(high)) {
      return high;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (schedule.alphaBar(middle) >= alphaBar) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double start = Math.log(schedule.alphaBar(low));
    double end = Math.log(schedule.alphaBar(high));
    return low + (Math.log(alphaBar) - start) / (end - start);
  }

  private NDArray steps(NDArray x, double t) {
    double[] steps = new double[(int) x.getShape().get(0)];
    Arrays.fill(steps, step(alphaBar(t)));
    return Tensors.of(steps);
  }

  private double scale(double t) {
    return Math.sqrt(alphaBar(t)) / sde.meanFactor(t);
  }

  NDArray of(NoisePredictor network, NDArray x, double t) {
    NDArray scaled = x.mul(Scalars.fresh(scale(t), x));
    NDArray white = network.predict(scaled, steps(x, t));
    return sde.noise().inverseSqrt(white).mul(Scalars.fresh(-1 / deviation(t), white));
  }

  Dual of(Layer network, NDList theta, Dual x, double t) {
    Dual scaled = x.mul(Dual.of(Scalars.fresh(scale(t), x.value())));
    Dual white = network.apply(theta, scaled, steps(x.value(), t));
    Dual shaped = Dual.apply(new SymmetricMap(sde.noise()::inverseSqrt), white);
    return shaped.mul(Dual.of(Scalars.fresh(-1 / deviation(t), white.value())));
  }
}
