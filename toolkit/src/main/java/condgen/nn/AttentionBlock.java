package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Dual;
import condgen.tensor.MatrixProduct;
import condgen.tensor.Softmax;

/**
 * Self-attention between all pixels of an image, with several heads, in a residual block as
 * released: (x + F(x)) / √2. Each head has its own stretch of channels.
 */
public final class AttentionBlock extends Composite {

  private static final double EPSILON = 1e-6;
  private static final double SMALL_START = 0.1;

  private final int channels;
  private final int heads;
  private final GroupNorm norm;
  private final PixelDense query;
  private final PixelDense key;
  private final PixelDense value;
  private final PixelDense last;

  /**
   * A block.
   *
   * @param channels C
   * @param headChannels channels of a head; divides C, unless it exceeds C or is -1: one head
   */
  public AttentionBlock(int channels, int headChannels) {
    this.channels = channels;
    heads = headsOf(channels, headChannels);
    int groups = GroupNorm.groupsOf(channels);
    norm = part("GroupNorm_0", new GroupNorm(groups, channels, EPSILON, "weight", "bias"));
    query = part("NIN_0", new PixelDense(channels, channels, SMALL_START));
    key = part("NIN_1", sameStart(channels));
    value = part("NIN_2", sameStart(channels));
    last = part("NIN_3", new PixelDense(channels, channels, 0));
  }

  private static PixelDense sameStart(int channels) {
    return new PixelDense(channels, channels, SMALL_START);
  }

  /**
   * Heads for a number of channels.
   *
   * @throws IllegalArgumentException if the channels of a head do not divide the channels
   */
  public static int headsOf(int channels, int headChannels) {
    if (headChannels == -1 || channels < headChannels) {
      return 1;
    }
    if (headChannels < 1 || channels % headChannels != 0) {
      throw new IllegalArgumentException(
          "headChannels must be -1 or divide the %d channels of an attention, but is %d"
              .formatted(channels, headChannels));
    }
    return channels / headChannels;
  }

  /** Number of heads. */
  public int heads() {
    return heads;
  }

  /**
   * The block.
   *
   * @param x (B, C, H, W)
   * @param t ignored
   * @return (B, C, H, W)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Dual normal = run(norm, theta, x, null);
    Dual q = byHead(run(query, theta, normal, null).scale(Math.pow(channels / heads, -0.5)));
    Dual k = byHead(run(key, theta, normal, null));
    Dual v = byHead(run(value, theta, normal, null));
    Dual weights = Softmax.softmax(MatrixProduct.FIRST_TURNED.of(q, k));
    Dual seen = MatrixProduct.SECOND_TURNED.of(weights, v).transpose(0, 2, 1);
    Dual image = seen.reshape(x.shape().getShape());
    return VideoResidualBlock.halfWay(x, run(last, theta, image, null));
  }

  private Dual byHead(Dual x) {
    Shape s = x.shape();
    return x.reshape(s.get(0) * heads, channels / heads, s.get(2) * s.get(3));
  }
}
