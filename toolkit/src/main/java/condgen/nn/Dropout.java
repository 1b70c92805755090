package condgen.nn;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;

/**
 * Leaves out a share of the features and scales up the rest (Srivastava et al., 2014). One object
 * serves one run through a network; the same seeds and step leave out the same features.
 */
final class Dropout implements UnaryOperator<Dual> {

  private static final long PLACES = 1024;

  private final double share;
  private final Seeds seeds;
  private final long step;
  private int place;

  /**
   * A run's dropout.
   *
   * @param share of the features that are left out, in [0, 1)
   */
  Dropout(double share, Seeds seeds, long step) {
    this.share = share;
    this.seeds = seeds.part("dropout");
    this.step = step;
  }

  /** Leaves out features of x, any shape; each call others. */
  @Override
  public Dual apply(Dual x) {
    if (share == 0) {
      return x;
    }
    seeds.at(step * PLACES + place++);
    NDArray ones = Tensors.onesLike(x.value());
    NDArray mask = ai.djl.nn.norm.Dropout.dropout(ones, (float) share, true).singletonOrThrow();
    return x.mul(Dual.of(mask));
  }
}
