package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clips out of a {@link VideoSet} as the released code of MCVD (Voleti and others, 2022) cuts them:
 *
 * <ul>
 *   <li>of n items, item k is video round(k / (n - 1) (V - 1)) of V, a half rounded to the even
 *       number; in training n = V, in testing n = 256, so that the items lie evenly over the list
 *   <li>a clip starts at a frame drawn from 0 to L - N - 1, where L is the length of the video and
 *       N that of the clip; the very last start never comes. At L = N the clip is the video
 *   <li>in training one coin turns all frames of a clip left to right, or none
 *   <li>where frames are wider than high, a square is cut out: in training at a column drawn from 0
 *       to width - height - 1, in testing in the middle
 * </ul>
 */
public final class VideoClips implements ClipSource, Closeable {
  private static final int TEST_ITEMS = 256;

  private final VideoSet videos;
  private final boolean training;
  private final int items;
  private final int side;

  private VideoClips(VideoSet videos, boolean training, int items, int side) {
    this.videos = videos;
    this.training = training;
    this.items = items;
    this.side = side;
  }

  /**
   * Clips for training: of any video, from a random start, mirrored by chance.
   *
   * @param videos whose frames are square or wider than high
   */
  public static VideoClips training(VideoSet videos) {
    return new VideoClips(requireWide(videos), true, videos.size(), videos.rows());
  }

  /**
   * Clips for testing: of 256 items spread over the list, from a random start, as they are.
   *
   * @param videos whose frames are square or wider than high
   */
  public static VideoClips testing(VideoSet videos) {
    return new VideoClips(requireWide(videos), false, TEST_ITEMS, videos.rows());
  }

  private static VideoSet requireWide(VideoSet videos) {
    if (videos.columns() < videos.rows()) {
      throw new IllegalArgumentException(
          "frames must not be higher than wide, but those of %s are %d x %d"
              .formatted(videos.name(), videos.rows(), videos.columns()));
    }
    return videos;
  }

  /**
   * The same with another number of items.
   *
   * @param items n, at least 1; with one item it is the first video
   */
  public VideoClips items(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("items must be at least 1, but is " + items);
    }
    return new VideoClips(videos, training, items, side);
  }

  /**
   * The same with smaller frames, each pixel the mean over a square.
   *
   * @param side a divisor of the height
   */
  public VideoClips resizedTo(int side) {
    if (side < 1 || videos.rows() % side != 0) {
      throw new IllegalArgumentException("side must divide " + videos.rows() + ", but is " + side);
    }
    return new VideoClips(videos, training, items, side);
  }

  /** The videos that clips are cut from. */
  public VideoSet videos() {
    return videos;
  }

  /** The number of items n. */
  public int items() {
    return items;
  }

  /**
   * Which video an item is.
   *
   * @param item k, 0 to n - 1
   * @return its number in {@link #videos()}
   */
  public int video(int item) {
    if (item < 0 || item >= items) {
      throw new IllegalArgumentException("item must be 0 to " + (items - 1) + ", but is " + item);
    }
    if (items == 1) {
      return 0;
    }
    return (int) Math.rint((double) item / (items - 1) * (videos.size() - 1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>In training items are drawn, so some may come twice. In testing clip i is item i (from the
   * beginning again after n), so that a batch of n at step 0 is the published test set; another
   * seed or step draws other starts.
   *
   * @throws IllegalArgumentException also when a video has fewer frames
   * @throws UncheckedIOException when a video cannot be read
   */
  @Override
  public NDArray batch(long seed, long step, int batch, int frames) {
    if (batch < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "batch and frames must be at least 1, but are " + batch + " and " + frames);
    }
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, but is " + step);
    }
    int volume = frames * channels() * side * side;
    float[] values = new float[Math.multiplyExact(batch, volume)];
    for (int i = 0; i < batch; i++) {
      SplittableRandom random = Seeds.of(seed).random((step << 32) + i);
      int item = training ? random.nextInt(items) : i % items;
      copy(read(video(item), random, frames), values, i * volume);
    }
    return Tensors.of(values, new Shape(batch, frames, channels(), side, side));
  }

  private List<VideoFrame> read(int video, SplittableRandom random, int frames) {
    int spare = videos.columns() - videos.rows();
    boolean turned = training && random.nextBoolean();
    int column = training && spare > 0 ? random.nextInt(spare) : spare / 2;
    try {
      int free = videos.length(video) - frames;
      int start = free > 0 ? random.nextInt(free) : 0;
      return videos.frames(video, start, frames).stream()
          .map(frame -> spare > 0 ? square(frame, column) : frame)
          .map(frame -> side < videos.rows() ? frame.pool(videos.rows() / side) : frame)
          .map(frame -> turned ? frame.mirrored() : frame)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private VideoFrame square(VideoFrame frame, int column) {
    return frame.window(0, column, videos.rows(), videos.rows());
  }

  private static void copy(List<VideoFrame> frames, float[] values, int start) {
    int at = start;
    for (VideoFrame frame : frames) {
      for (byte pixel : frame.bytes()) {
        values[at++] = (pixel & 0xff) / 127.5f - 1;
      }
    }
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public int channels() {
    return videos.channels();
  }

  /** Closes the videos. */
  @Override
  public void close() throws IOException {
    videos.close();
  }

  @Override
  public String toString() {
    return videos.name() + (training ? ", mirrored by chance, " : ", ") + side + " x " + side;
  }
}
