package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Convolution3d;
import condgen.tensor.Dual;
import java.util.List;

/**
 * Convolution of clips over time, rows and columns, with padding (kernel − 1) / 2: (B, in, F, H, W)
 * to (B, out, F / timeStride, H / stride, W / stride), rounded up. Weights start with variance 2 /
 * fan-in, so that a signal keeps its size through activations that cut off one half of it (He and
 * others, 2015).
 *
 * @param in channels in
 * @param out channels out
 * @param frames odd length of the kernel in time
 * @param kernel odd side length of the kernel
 * @param timeStride step of the window in time
 * @param stride step of the window in rows and columns
 */
public record ClipConv(int in, int out, int frames, int kernel, int timeStride, int stride)
    implements Layer {

  @Override
  public List<Parameter> parameters() {
    long fanIn = (long) in * frames * kernel * kernel;
    Parameter.Initial even = Parameter.Initial.fanAverage(fanIn, fanIn, 2);
    return List.of(
        new Parameter("weight", new Shape(out, in, frames, kernel, kernel), even),
        new Parameter("bias", new Shape(out), Parameter.Initial.zeros()));
  }

  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    int border = (kernel - 1) / 2;
    return Convolution3d.conv3d(
        x,
        theta.get(0),
        theta.get(1),
        List.of(timeStride, stride, stride),
        List.of((frames - 1) / 2, border, border));
  }
}
