package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Layer;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * ε_θ(x_t, t): predicts the white noise in a noisy sample.
 *
 * <p>t is the step of a {@link NoiseSchedule} or the level of {@link NoiseScales}, never σ itself.
 */
@FunctionalInterface
public interface NoisePredictor {

  /**
   * The prediction.
   *
   * @param xt (batch, sample...)
   * @param t (batch), float32, the step of each sample, from 1 to L
   * @return the shape of xt
   */
  NDArray predict(NDArray xt, NDArray t);

  /** This predictor, but never told the step: it always gets t = 0. */
  @Equation("2.5.8")
  default NoisePredictor unconditional() {
    return (xt, t) -> predict(xt, Tensors.zerosLike(t));
  }

  /** A network with given parameters; of what it computes on the way nothing stays. */
  static NoisePredictor of(Layer network, NDList theta) {
    return (xt, t) -> {
      try (Scope scope = Scope.inherit()) {
        return scope.keep(network.apply(theta, xt, t));
      }
    };
  }
}
