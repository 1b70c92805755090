package condgen.metrics;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;

/**
 * The mean squared difference of two frames over channels and pixels. As in the released code one
 * frame's mean is a float32 number (7 digits); everything after it is double.
 */
public record MeanSquaredError() implements FrameMetric {

  @Override
  public String name() {
    return "MSE";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public String preparation() {
    return "frames in [0, 1]";
  }

  @Override
  public double[] ofFrames(NDArray predicted, NDArray truth) {
    Arguments.requireShape(predicted, "predicted", -1, -1, -1, -1);
    Arguments.requireSameShape(predicted, "predicted", truth, "truth");
    double[] errors = new double[(int) predicted.getShape().get(0)];
    for (int i = 0; i < errors.length; i++) {
      int frame = i;
      errors[i] =
          Scope.call(
              () -> {
                NDArray difference = predicted.get(frame).sub(truth.get(frame));
                return Tensors.item(difference.mul(difference).mean());
              });
    }
    return errors;
  }
}
