package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Dual;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The released residual block of the video models, (x + F(x)) / √2: adaptive normalisation, halving
 * or doubling if it is such a block, convolution, adaptive normalisation, dropout, convolution. The
 * conditions enter through the two normalisations only.
 */
public final class VideoResidualBlock extends Composite {

  /** What a block does to the size. */
  public enum Resize {
    /** Keeps it. */
    NONE,
    /** Halves it. */
    DOWN,
    /** Doubles it. */
    UP;

    Dual of(Dual x) {
      return switch (this) {
        case NONE -> x;
        case DOWN -> FirResampling.down(x);
        case UP -> FirResampling.up(x);
      };
    }
  }

  private final Resize resize;
  private final AdaptiveNorm firstNorm;
  private final ScaledConv firstConv;
  private final AdaptiveNorm secondNorm;
  private final ScaledConv secondConv;
  private final ScaledConv skip;

  /**
   * A block.
   *
   * @param in channels in
   * @param out channels out
   * @param resize what it does to the size
   * @param norm makes a normalisation of so many channels
   */
  public VideoResidualBlock(int in, int out, Resize resize, IntFunction<AdaptiveNorm> norm) {
    this.resize = resize;
    firstNorm = part("actnorm0", norm.apply(in));
    firstConv = part("Conv_0", new ScaledConv(in, out, 3));
    secondNorm = part("actnorm1", norm.apply(out));
    secondConv = part("Conv_1", new ScaledConv(out, out, 3, 0));
    boolean same = in == out && resize == Resize.NONE;
    skip = same ? null : part("Conv_2", new ScaledConv(in, out, 1));
  }

  /** The first normalisation, through which conditions enter. */
  public AdaptiveNorm firstNorm() {
    return firstNorm;
  }

  /** The first normalisation's parameters, out of those of the block. */
  public NDList ofFirstNorm(NDList theta) {
    return own(firstNorm, theta);
  }

  /**
   * The block without known frames and without dropout.
   *
   * @param x (B, in, H, W)
   * @param features (B, F), activated features of the noise level
   * @return (B, out, H', W')
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray features) {
    return apply(theta, x, features, side -> null, UnaryOperator.identity());
  }

  /**
   * The block.
   *
   * @param x (B, in, H, W)
   * @param features (B, F), activated features of the noise level
   * @param frames the known frames (B, K, side, side) for a side
   * @param dropout what happens to the hidden image before the second convolution
   * @return (B, out, H', W')
   */
  public Dual apply(
      NDList theta,
      Dual x,
      NDArray features,
      IntFunction<Dual> frames,
      UnaryOperator<Dual> dropout) {
    Dual known = frames.apply((int) x.shape().get(2));
    Dual h = resize.of(firstNorm.apply(own(firstNorm, theta), x, features, known));
    h = run(firstConv, theta, h, null);
    known = frames.apply((int) h.shape().get(2));
    h = dropout.apply(secondNorm.apply(own(secondNorm, theta), h, features, known));
    h = run(secondConv, theta, h, null);
    Dual same = resize.of(x);
    return halfWay(skip == null ? same : run(skip, theta, same, null), h);
  }

  /** (x + h) / √2: of two independent images of variance 1, one of variance 1. */
  static Dual halfWay(Dual x, Dual h) {
    return x.add(h).scale(Math.sqrt(0.5));
  }
}
