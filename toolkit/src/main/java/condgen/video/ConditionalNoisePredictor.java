package condgen.video;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import condgen.diffusion.NoisePredictor;
import condgen.nn.Layer;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;

/**
 * ε_θ(x_t | p, f, t): predicts the white noise in noisy current frames, seeing past and future
 * frames.
 */
@FunctionalInterface
public interface ConditionalNoisePredictor {

  /**
   * The prediction.
   *
   * @param xt noisy current frames as channels, (batch, current · channels, height, width)
   * @param conditioning past and future frames, masked, (batch, (past + future) · channels, height,
   *     width), as {@link FrameWindow#conditioning} makes them
   * @param t (batch), float32, the step of each sample, from 1 to T
   * @return the shape of xt
   */
  NDArray predict(NDArray xt, NDArray conditioning, NDArray t);

  /** This predictor with its conditioning frames fixed, for the losses and samplers of images. */
  default NoisePredictor given(NDArray conditioning) {
    return (xt, t) -> predict(xt, conditioning, t);
  }

  /**
   * This predictor, but for at most so many samples at once, so that what it computes on the way
   * stays small however many videos are sampled.
   *
   * @param most at least 1
   */
  default ConditionalNoisePredictor inBatchesOf(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, but is " + most);
    }
    return (xt, conditioning, t) -> {
      long all = xt.getShape().get(0);
      if (all <= most) {
        return predict(xt, conditioning, t);
      }
      NDList parts = new NDList();
      for (long from = 0; from < all; from += most) {
        NDIndex rows = new NDIndex().addSliceDim(from, Math.min(all, from + most));
        parts.add(predict(xt.get(rows), conditioning.get(rows), t.get(rows)));
      }
      return NDArrays.concat(parts, 0);
    };
  }

  /**
   * A network with given parameters that takes the channels [current, past, future]; of what it
   * computes on the way nothing stays.
   *
   * @param network from (batch, (current + past + future) · channels, height, width) to (batch,
   *     current · channels, height, width)
   * @param theta its parameters
   * @param code how it is told the step
   * @param steps T
   */
  static ConditionalNoisePredictor of(Layer network, NDList theta, StepCode code, int steps) {
    return (xt, conditioning, t) -> {
      Shape x = xt.getShape();
      Arguments.requireShape(conditioning, "conditioning", x.get(0), -1, x.get(2), x.get(3));
      try (Scope scope = Scope.inherit()) {
        NDArray input = NDArrays.concat(new NDList(xt, conditioning), 1);
        return scope.keep(network.apply(theta, input, code.label(t, steps)));
      }
    };
  }
}
