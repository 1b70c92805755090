package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import java.util.List;

/**
 * Convolution of images with a square kernel and padding (kernel − 1) / 2: (B, in, H, W) to (B,
 * out, H/stride, W/stride).
 *
 * @param in channels in
 * @param out channels out
 * @param kernel odd side length
 * @param stride step of the window
 * @param silent start from zero, so that the layer adds nothing at first
 */
public record Conv(int in, int out, int kernel, int stride, boolean silent) implements Layer {

  /** A convolution that keeps the size. */
  public Conv(int in, int out, int kernel) {
    this(in, out, kernel, 1, false);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter.Initial initial =
        silent ? Parameter.Initial.zeros() : Parameter.Initial.fanIn((long) in * kernel * kernel);
    return List.of(
        new Parameter("weight", new Shape(out, in, kernel, kernel), initial),
        new Parameter("bias", new Shape(out), initial));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    return Convolution.conv2d(x, theta.get(0), theta.get(1), stride, (kernel - 1) / 2);
  }
}
