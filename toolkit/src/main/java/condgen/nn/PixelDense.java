package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import java.util.List;

/**
 * The same fully connected layer at each pixel, which the released video models call "network in
 * network": y[o] = Σᵢ x[i] W[i, o] + b[o] over channels. (B, in, H, W) to (B, out, H, W).
 *
 * @param in channels in
 * @param out channels out
 * @param scale of the weights' first variance; 0 stands for 1e-10, as released
 */
public record PixelDense(int in, int out, double scale) implements Layer {
  @Override
  public List<Parameter> parameters() {
    double start = ScaledConv.released(scale);
    return List.of(
        new Parameter("W", new Shape(in, out), Parameter.Initial.fanAverage(in, out, start)),
        new Parameter("b", new Shape(out), Parameter.Initial.zeros()));
  }

  /** The layer, computed as a convolution with a kernel of one pixel. */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    NDArray kernel = theta.get(0).transpose(1, 0).reshape(new Shape(out, in, 1, 1));
    return Convolution.conv2d(x, kernel, theta.get(1), 1, 0);
  }
}
