package condgen.data;

import condgen.download.DataCache;
import java.io.IOException;
import java.util.List;

/**
 * Four recordings of real movement that need no account: two of subject 1 of the CMU database, one
 * of a boxer, and one of markers. Fetch them with {@code data-downloaders/fetch mocap}. They stand
 * in for AMASS and Human3.6M and are not those: two skeletons, no body shapes.
 *
 * <p>The split is ours: training is frames 1 to 3,500 of {@link #climbing()} and 0 to 2,400 of
 * {@link #boxing()}; validation what follows after a gap of a second, since neighbouring frames are
 * nearly the same; test is all of {@link #jumping()}. All are brought to 30 frames a second.
 *
 * <p>CMU's words of thanks: the data used in this project was obtained from mocap.cs.cmu.edu; the
 * database was created with funding from NSF EIA-0196217.
 */
public final class MotionCapture {

  private static final String DATA_SET = "mocap";
  private static final double RATE = 30;
  private static final int CLIMBING_END = 3501;
  private static final int BOXING_END = 2401;

  private MotionCapture() {}

  /**
   * CMU subject 1, jumps and turns: 2,752 frames at 120 Hz with the T-pose that is frame 0.
   *
   * @throws condgen.download.MissingDataException when it was not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when it is no such file
   */
  public static BvhMotion jumping() {
    return read(DataCache.standard(), "01_01.bvh");
  }

  /** CMU subject 1, climbing, hanging, swinging: 4,511 frames; see {@link #jumping()}. */
  public static BvhMotion climbing() {
    return read(DataCache.standard(), "01_03.bvh");
  }

  /**
   * Guard, punches, falling, sitting, lying: 3,070 frames at 100 Hz, about in centimetres, no
   * T-pose; who recorded it is not known. See {@link #jumping()}.
   */
  public static BvhMotion boxing() {
    return read(DataCache.standard(), "Boxing_Toes.bvh");
  }

  /**
   * 43 markers on a body, 2,439 frames at 120 Hz, in millimetres.
   *
   * @throws condgen.download.MissingDataException when it was not fetched
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when it is no such file
   */
  public static MarkerMotion markers() {
    return markers(DataCache.standard());
  }

  static MarkerMotion markers(DataCache cache) {
    try {
      return MarkerMotion.read(cache.require(DATA_SET, "ThomasFechten.csm"));
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /** Training motions at 30 frames a second: climbing, boxing. */
  public static List<BvhMotion> train() {
    return train(DataCache.standard());
  }

  static List<BvhMotion> train(DataCache cache) {
    BvhMotion climbing = read(cache, "01_03.bvh").range(1, CLIMBING_END);
    BvhMotion boxing = read(cache, "Boxing_Toes.bvh").range(0, BOXING_END);
    return List.of(climbing.resample(RATE), boxing.resample(RATE));
  }

  /** Validation motions at 30 frames a second: the ends of climbing and boxing. */
  public static List<BvhMotion> validation() {
    return validation(DataCache.standard());
  }

  static List<BvhMotion> validation(DataCache cache) {
    return List.of(
        after(read(cache, "01_03.bvh"), CLIMBING_END),
        after(read(cache, "Boxing_Toes.bvh"), BOXING_END));
  }

  private static BvhMotion after(BvhMotion motion, int end) {
    int gap = (int) Math.round(1 / motion.frameTime());
    return motion.range(end + gap, motion.frames()).resample(RATE);
  }

  /** The test motion at 30 frames a second: jumping, without the T-pose. */
  public static List<BvhMotion> test() {
    return test(DataCache.standard());
  }

  static List<BvhMotion> test(DataCache cache) {
    BvhMotion jumping = read(cache, "01_01.bvh");
    return List.of(jumping.range(1, jumping.frames()).resample(RATE));
  }

  static BvhMotion read(DataCache cache, String name) {
    try {
      return Bvh.read(cache.require(DATA_SET, name));
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }
}
