package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import java.util.function.UnaryOperator;

/**
 * The divergence of a vector field, the trace of its Jacobian, per sample of a batch.
 *
 * <p>{@link #exact} walks through the dimensions and suits small ones. {@link #hutchinson} takes
 * one product with a random direction e: E[e·Je] = tr J when the entries of e have mean 0, variance
 * 1 and no correlation. Both are ordinary arithmetic, so a gradient may be recorded through them.
 *
 * <pre>{@code
 * Divergence divergence = Divergence.hutchinson(Probe.RADEMACHER, Mode.FORWARD);
 * NDArray e = divergence.probe(seeds, step, x);
 * NDArray trace = divergence.at(v -> net.apply(theta, v, t), x, e).divergence();
 * }</pre>
 */
public interface Divergence {

  /** Distribution of the random direction. */
  enum Probe {
    /** Standard normal; the variance of the estimate for a symmetric J is 2 Σ over all J². */
    GAUSSIAN {
      @Override
      NDArray draw(Seeds seeds, long step, NDArray like) {
        return seeds.normal(step, like.getShape(), like.getDataType());
      }
    },
    /** ±1 with equal chance; the diagonal of J adds no variance. */
    RADEMACHER {
      @Override
      NDArray draw(Seeds seeds, long step, NDArray like) {
        NDArray u = seeds.uniform(step, -1, 1, like.getShape());
        DataType type = like.getDataType();
        NDArray positive = u.gte(Scalars.constant(0, u)).toType(type, false);
        return Scalars.add(Scalars.scale(positive, 2), -1);
      }
    };

    abstract NDArray draw(Seeds seeds, long step, NDArray like);
  }

  /** Which product with the Jacobian is taken; the trace is the same number. */
  enum Mode {
    /** e·(J e), carried along with the value. */
    FORWARD,
    /** e·(Jᵀ e), carried back after the value; gives the released Jacobian penalty. */
    REVERSE
  }

  /**
   * Value and divergence of a field at one point.
   *
   * @param value f(x), of x's shape
   * @param divergence tr J or its estimate, (batch)
   * @param products J e or Jᵀ e with one random e; when exact, the columns of J, one per dimension;
   *     each of x's shape
   */
  record Estimate(NDArray value, NDArray divergence, NDList products) {

    /**
     * J e or Jᵀ e, of x's shape.
     *
     * @throws IllegalStateException when the divergence is exact in more than one dimension
     */
    public NDArray product() {
      if (products.size() != 1) {
        throw new IllegalStateException(
            "an exact divergence has " + products.size() + " products, see products()");
      }
      return products.get(0);
    }

    /**
     * Σ of the squares of all products: ‖J‖² (Frobenius), exactly or in expectation over e.
     *
     * @return (batch)
     */
    public NDArray squaredJacobian() {
      NDArray total = null;
      for (NDArray product : products) {
        NDArray square = Samples.sum(product.mul(product));
        total = total == null ? square : total.add(square);
      }
      return total;
    }
  }

  /**
   * The trace by one product J·eᵢ per dimension of a sample: for a handful of dimensions. Its probe
   * is null.
   */
  static Divergence exact() {
    return new ExactDivergence();
  }

  /**
   * Hutchinson's estimate with one random direction. M. F. Hutchinson, A stochastic estimator of
   * the trace of the influence matrix for Laplacian smoothing splines, Communications in Statistics
   * 18, 1989.
   *
   * @throws IllegalArgumentException when an argument is null
   */
  static Divergence hutchinson(Probe probe, Mode mode) {
    return new HutchinsonDivergence(probe, mode);
  }

  /**
   * Value and divergence of f at x.
   *
   * @param f a field written over Dual, from and to x's shape, each sample for itself
   * @param x (batch, ...)
   * @param e the direction from {@link #probe}, of x's shape; ignored when exact
   * @throws IllegalArgumentException when shapes differ
   */
  Estimate at(UnaryOperator<Dual> f, NDArray x, NDArray e);

  /**
   * Draws the direction, once per solve.
   *
   * @param like (batch, ...), gives shape and type
   * @return of the shape and type of {@code like}; null when exact
   */
  NDArray probe(Seeds seeds, long step, NDArray like);
}
