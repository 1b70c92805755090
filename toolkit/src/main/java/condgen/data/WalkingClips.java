package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.download.MissingDataException;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Clips of walking people, grey, from one film of a fixed camera: the real video of this project.
 * The film is the PETS 2009 scene that comes with OpenCV's documentation, 795 frames of 768 x 576,
 * ten a second; fetch it with {@code data-downloaders/fetch walking}. It stands in for data sets of
 * actions, which no package carries; it is used from its package and not published again.
 *
 * <p>The film is averaged over squares of three pixels to 256 x 192. A clip is a window of 64 x 64
 * in it, its corner on a grid of 16 pixels, that starts at every fifth frame; it counts when enough
 * of its pixels change, in the whole clip and in its first five frames, so that nearly every clip
 * shows somebody walking. Frames 0 to 599 are for training, 620 to 794 for testing: two seconds
 * between lie in neither. The windows are the same places in both: what is new in the test clips
 * are people and their ways, not the ground. Training clips are seen in a mirror with probability
 * 1/2.
 */
public final class WalkingClips implements ClipSource {
  private static final String DATA_SET = "walking";
  private static final String FILE = "vtest.avi";
  private static final int FRAMES = 795;
  private static final int COLUMNS = 768;
  private static final int ROWS = 576;
  private static final int POOL = 3;
  private static final int TRAINING_END = 600;
  private static final int TEST_START = 620;

  private final MovingWindows windows;
  private final int side;
  private final boolean mirror;

  /**
   * @param windows the film and where its clips may lie
   * @param side height and width of the clips, a divisor of 64
   * @param mirror whether clips are turned left to right by chance
   */
  WalkingClips(MovingWindows windows, int side, boolean mirror) {
    if (side < 1 || MovingWindows.SIDE % side != 0) {
      throw new IllegalArgumentException(
          "side must divide " + MovingWindows.SIDE + ", but is " + side);
    }
    this.windows = windows;
    this.side = side;
    this.mirror = mirror;
  }

  /**
   * The training clips at 64 x 64, from the user's cache.
   *
   * @throws MissingDataException when the film was not fetched
   * @throws DamagedDataException when it cannot be decoded or is another one
   */
  public static WalkingClips train() {
    return train(MovingWindows.SIDE);
  }

  /**
   * The training clips.
   *
   * @param side height and width, a divisor of 64; smaller clips are means over squares
   * @see #train()
   */
  public static WalkingClips train(int side) {
    return read(DataCache.standard(), true, side);
  }

  /** The test clips at 64 x 64; see {@link #train()}. */
  public static WalkingClips test() {
    return test(MovingWindows.SIDE);
  }

  /** The test clips; see {@link #train(int)}. */
  public static WalkingClips test(int side) {
    return read(DataCache.standard(), false, side);
  }

  /**
   * The training or the test clips in the user's cache, or nothing when the film was not fetched:
   * for a notebook that shows them only if they are there.
   *
   * @param training whether the training clips are wanted
   * @param side height and width, a divisor of 64
   * @throws java.io.UncheckedIOException of a {@link DamagedDataException} when the film cannot be
   *     decoded or is another one
   */
  public static Optional<WalkingClips> find(boolean training, int side) {
    return find(DataCache.standard(), training, side);
  }

  static Optional<WalkingClips> find(DataCache cache, boolean training, int side) {
    try {
      return Optional.of(read(cache, training, side));
    } catch (MissingDataException e) {
      return Optional.empty();
    }
  }

  static WalkingClips read(DataCache cache, boolean training, int side) {
    Path path = cache.require(DATA_SET, FILE);
    List<VideoFrame> film = film(path);
    int first = training ? 0 : TEST_START;
    int end = training ? TRAINING_END : FRAMES;
    return new WalkingClips(new MovingWindows(film, first, end), side, training);
  }

  /** The whole film at a third of its size. */
  private static List<VideoFrame> film(Path path) {
    List<VideoFrame> frames = new ArrayList<>();
    try (VideoStream film = VideoFile.grey(path).open()) {
      for (var frame = film.next(); frame.isPresent(); frame = film.next()) {
        frames.add(frame.get().pool(POOL));
      }
      if (frames.size() != FRAMES || film.columns() != COLUMNS || film.rows() != ROWS) {
        throw new IOException(
            "%s: expected %d frames of %d x %d, found %d of %d x %d"
                .formatted(
                    path, FRAMES, COLUMNS, ROWS, frames.size(), film.columns(), film.rows()));
      }
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
    return frames;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Each clip is drawn by itself among all that fit, so some may come twice.
   *
   * @throws IllegalArgumentException also when no clip is that long
   */
  @Override
  public NDArray batch(long seed, long step, int batch, int frames) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, but is " + batch);
    }
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, but is " + step);
    }
    List<MovingWindows.Window> choice = windows.ofLength(frames);
    int volume = frames * side * side;
    float[] values = new float[Math.multiplyExact(batch, volume)];
    for (int i = 0; i < batch; i++) {
      SplittableRandom random = Seeds.of(seed).random((step << 32) + i);
      MovingWindows.Window window = choice.get(random.nextInt(choice.size()));
      boolean turned = mirror && random.nextBoolean();
      windows.copy(window, frames, side, turned, values, i * volume);
    }
    return Tensors.of(values, new Shape(batch, frames, 1, side, side));
  }

  /** How many clips of this many frames there are; they overlap. */
  public int count(int frames) {
    return windows.ofLength(frames).size();
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public String toString() {
    return "walking people, " + (mirror ? "mirrored by chance, " : "") + side + " x " + side;
  }
}
