package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;

/** e·(J e) or e·(Jᵀ e) for one random direction. */
record HutchinsonDivergence(Probe probe, Mode mode) implements Divergence {

  HutchinsonDivergence {
    if (probe == null || mode == null) {
      throw new IllegalArgumentException(
          (probe == null ? "probe" : "mode") + " must be given, but is null");
    }
  }

  @Override
  public Estimate at(UnaryOperator<Dual> f, NDArray x, NDArray e) {
    Samples.require(x, "x");
    Arguments.requireSameShape(x, "x", e, "e");
    if (mode == Mode.REVERSE) {
      Dual.Product pulled = Dual.vjp(f, x, e);
      return estimate(pulled.value(), pulled.product(), e);
    }
    Dual moved = Dual.jvp(f, x, e);
    Arguments.requireSameShape(x, "x", moved.value(), "f(x)");
    NDArray tangent = moved.tangent() == null ? Tensors.zerosLike(x) : moved.tangent();
    return estimate(moved.value(), tangent, e);
  }

  private static Estimate estimate(NDArray value, NDArray product, NDArray e) {
    return new Estimate(value, Samples.sum(product.mul(e)), new NDList(product));
  }

  @Override
  public NDArray probe(Seeds seeds, long step, NDArray like) {
    return probe.draw(seeds, step, like);
  }
}
