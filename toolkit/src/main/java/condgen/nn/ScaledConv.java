package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import java.util.List;

/**
 * Convolution that keeps the size and starts as those of the released video models: weights by
 * {@link Parameter.Initial#fanAverage}, biases 0. (B, in, H, W) to (B, out, H, W).
 *
 * @param in channels in
 * @param out channels out
 * @param kernel odd side length
 * @param scale of the weights' first variance; 0 stands for 1e-10, as released
 */
public record ScaledConv(int in, int out, int kernel, double scale) implements Layer {

  private static final double NEARLY_SILENT = 1e-10;

  /** A convolution of scale 1. */
  public ScaledConv(int in, int out, int kernel) {
    this(in, out, kernel, 1);
  }

  static double released(double scale) {
    return scale == 0 ? NEARLY_SILENT : scale;
  }

  @Override
  public List<Parameter> parameters() {
    long field = (long) kernel * kernel;
    return List.of(
        new Parameter(
            "weight",
            new Shape(out, in, kernel, kernel),
            Parameter.Initial.fanAverage(in * field, out * field, released(scale))),
        new Parameter("bias", new Shape(out), Parameter.Initial.zeros()));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    return Convolution.conv2d(x, theta.get(0), theta.get(1), 1, (kernel - 1) / 2);
  }
}
