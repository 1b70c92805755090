package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution;
import condgen.tensor.Dual;
import condgen.tensor.Tensors;
import java.util.List;

/**
 * Convolution of images that have one more channel, the first, filled with the time: (B, in, H, W)
 * to (B, out, H, W), padding (kernel − 1) / 2.
 *
 * <p>The time's channel is convolved once for the whole batch, which is the same sum.
 *
 * @param in channels in, without the time's
 * @param out channels out
 * @param kernel odd side length
 * @param silent weights start from zero
 */
public record TimedConv(int in, int out, int kernel, boolean silent) implements Layer {

  @Override
  public List<Parameter> parameters() {
    Parameter.Initial initial = Parameter.Initial.fanIn((long) (1 + in) * kernel * kernel);
    Shape shape = new Shape(out, 1 + in, kernel, kernel);
    return List.of(
        new Parameter("weight", shape, silent ? Parameter.Initial.zeros() : initial),
        new Parameter("bias", new Shape(out), initial));
  }

  /**
   * The convolution.
   *
   * @param x (B, in, H, W)
   * @param t 0-d, of x's type
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Shape size = x.shape();
    NDArray weight = theta.get(0);
    NDArray forTime = weight.get(new NDIndex().addAllDim().addSliceDim(0, 1));
    NDArray forState = weight.get(new NDIndex().addAllDim().addSliceDim(1, 1 + in));
    int padding = (kernel - 1) / 2;
    NDArray channel =
        Tensors.ones(new Shape(1, 1, size.get(2), size.get(3)), x.value().getDataType()).mul(t);
    Dual shift = Convolution.conv2d(Dual.of(channel), forTime, theta.get(1), 1, padding);
    return Convolution.conv2d(x, forState, null, 1, padding).add(shift);
  }
}
