package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import condgen.nn.Layer;
import condgen.nn.Parameter;
import condgen.tensor.Arguments;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import java.util.ArrayList;
import java.util.List;

/**
 * The five convolutions of AlexNet with their rectified outputs, and the names that torchvision's
 * file gives them ({@code features.0.weight} ...). Convolution 2 and 3 see the outputs before them
 * halved by the largest of 3 × 3 pixels.
 */
final class AlexNetFeatures implements Layer {

  /** Place in the file, channels in and out, kernel, stride, padding. */
  private record Stage(int place, int in, int out, int kernel, int stride, int padding) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(0, 3, 64, 11, 4, 2),
          new Stage(3, 64, 192, 5, 1, 2),
          new Stage(6, 192, 384, 3, 1, 1),
          new Stage(8, 384, 256, 3, 1, 1),
          new Stage(10, 256, 256, 3, 1, 1));

  private static final Shape WINDOW = new Shape(3, 3);
  private static final Shape HALF = new Shape(2, 2);

  /** Channels of the five outputs. */
  static int[] channels() {
    return STAGES.stream().mapToInt(Stage::out).toArray();
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (Stage s : STAGES) {
      Parameter.Initial initial = Parameter.Initial.fanIn((long) s.in * s.kernel * s.kernel);
      String name = "features." + s.place;
      Shape weight = new Shape(s.out, s.in, s.kernel, s.kernel);
      parameters.add(new Parameter(name + ".weight", weight, initial));
      parameters.add(new Parameter(name + ".bias", new Shape(s.out), initial));
    }
    return parameters;
  }

  /**
   * The rectified outputs of all five convolutions.
   *
   * @param x (N, 3, H, W), normalised
   */
  List<NDArray> outputs(NDList theta, NDArray x) {
    Arguments.requireShape(x, "x", -1, 3, -1, -1);
    List<NDArray> outputs = new ArrayList<>();
    NDArray h = x;
    for (int i = 0; i < STAGES.size(); i++) {
      Stage s = STAGES.get(i);
      NDArray in = i == 1 || i == 2 ? Pool.maxPool2d(h, WINDOW, HALF, new Shape(0, 0), false) : h;
      NDArray weight = theta.get(2 * i);
      h =
          Convolution.conv2d(Dual.of(in), weight, theta.get(2 * i + 1), s.stride, s.padding)
              .value()
              .maximum(0);
      outputs.add(h);
    }
    return outputs;
  }

  /** The last output. */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    return Dual.of(outputs(theta, x.value()).get(STAGES.size() - 1));
  }
}
