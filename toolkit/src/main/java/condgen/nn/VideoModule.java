package condgen.nn;

/**
 * One module of a {@link VideoUNet}.
 *
 * @param number its number in the released checkpoints
 * @param kind what it is
 * @param layer the layer
 * @param side height and width of the images that it answers; 0 for features
 * @param in channels or features in, those of a skip connection included
 * @param out channels or features out
 * @param takes whether an earlier image is appended to its input
 * @param leaves whether its output is kept for the way up
 */
public record VideoModule(
    int number, Kind kind, Layer layer, int side, int in, int out, boolean takes, boolean leaves) {

  /** Kinds of modules. */
  public enum Kind {
    /** A dense layer of the noise level's features. */
    TIME,
    /** Features of whether the known frames are shown. */
    MASK,
    /** A convolution: the first or the last module. */
    CONVOLUTION,
    /** A residual block that keeps the size. */
    BLOCK,
    /** A residual block that halves the size. */
    DOWN,
    /** A residual block that doubles the size. */
    UP,
    /** Self-attention. */
    ATTENTION,
    /** The last normalisation. */
    NORM
  }

  VideoModule leaving() {
    return new VideoModule(number, kind, layer, side, in, out, takes, true);
  }
}
