package condgen.video;

/**
 * Which conditioning frames a network sees: a block that is not kept is all zeros, mid-grey in the
 * range [−1, 1]. A block is kept or masked as a whole.
 *
 * @param past whether the past frames are kept
 * @param future whether the future frames are kept
 */
public record FrameMask(boolean past, boolean future) {

  /** The past is seen: predict what follows. */
  public static final FrameMask PREDICTION = new FrameMask(true, false);

  /** The future is seen: predict what came before. */
  public static final FrameMask PAST_PREDICTION = new FrameMask(false, true);

  /** Nothing is seen: generate a video. */
  public static final FrameMask GENERATION = new FrameMask(false, false);

  /** Past and future are seen: fill the gap. */
  public static final FrameMask INTERPOLATION = new FrameMask(true, true);
}
