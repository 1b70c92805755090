package condgen.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.download.DataCache;
import condgen.tensor.Tensors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The fixed test set of Moving MNIST: 10,000 clips of two digits, 20 frames of 64 x 64, one file of
 * 819 MB from which only the frames asked for are read. Chapter 3 is tested on it: the first ten
 * frames are given, the next ten predicted; training clips are made by {@link MovingMnist}. Fetch
 * it with {@code data-downloaders/fetch moving-mnist}.
 *
 * <p>N. Srivastava, E. Mansimov, R. Salakhutdinov: Unsupervised learning of video representations
 * using LSTMs, 2015.
 */
public final class FixedMovingMnist implements ClipSource {
  private static final String DATA_SET = "moving-mnist";
  private static final String FILE = "mnist_test_seq.npy";
  private static final int SIDE = 64;
  private static final int FRAME = SIDE * SIDE;

  private final Path file;
  private final int frames;
  private final int clips;
  private final FileBytes numbers;
  private final BatchOrder order;

  private FixedMovingMnist(Path file, int frames, int clips, FileBytes numbers) {
    this.file = file;
    this.frames = frames;
    this.clips = clips;
    this.numbers = numbers;
    this.order = new BatchOrder(clips);
  }

  /**
   * The test clips in the user's cache.
   *
   * @throws condgen.download.MissingDataException when the file was not fetched
   * @throws UncheckedIOException of a {@link DamagedDataException} when it is truncated or of
   *     another format
   */
  public static FixedMovingMnist test() {
    Path file = DataCache.standard().require(DATA_SET, FILE);
    try {
      return open(file);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * Clips of a file of bytes (frames, clips, 64, 64), whose header may have any length.
   *
   * @throws DamagedDataException if it is truncated, too long, or of another format
   * @throws IOException if it cannot be read
   */
  public static FixedMovingMnist open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      NpyHeader header = NpyHeader.read(in, file.toString());
      long[] shape = header.shape();
      boolean bytes = header.type().width() == 1 && header.type().kind() == 'u';
      if (!bytes
          || header.columns()
          || shape.length != 4
          || Math.min(shape[0], shape[1]) < 1
          || Math.max(shape[0], shape[1]) > Integer.MAX_VALUE
          || shape[2] != SIDE
          || shape[3] != SIDE) {
        throw new DamagedDataException(
            "%s must hold bytes (frames, clips, 64, 64), but holds %s of %s%d"
                .formatted(
                    file, Arrays.toString(shape), header.type().kind(), header.type().width()));
      }
      if (Files.size(file) != header.length() + header.size()) {
        throw new DamagedDataException(
            "%s: expected %,d bytes for %s, found %,d"
                .formatted(
                    file,
                    header.length() + header.size(),
                    Arrays.toString(shape),
                    Files.size(file)));
      }
      FileBytes numbers = new FileBytes(file, header.length(), header.size());
      return new FixedMovingMnist(file, (int) shape[0], (int) shape[1], numbers);
    }
  }

  /** The number of clips. */
  public int size() {
    return clips;
  }

  /** The number of frames of a clip. */
  public int frames() {
    return frames;
  }

  /**
   * The beginning of a clip.
   *
   * @param clip 0 to size - 1
   * @param count how many frames, 1 to {@link #frames}
   * @return (count, 1, 64, 64), float32 in [-1, 1]
   * @throws UncheckedIOException when the file cannot be read any more
   */
  public NDArray clip(int clip, int count) {
    float[] values = new float[requireFrames(count) * FRAME];
    fill(requireClip(clip), count, values, 0);
    return Tensors.of(values, new Shape(count, 1, SIDE, SIDE));
  }

  /**
   * {@inheritDoc} An epoch is a permutation of the clips.
   *
   * @throws UncheckedIOException when the file cannot be read any more
   */
  @Override
  public NDArray batch(long seed, long step, int batch, int count) {
    if (batch < 1 || batch > clips || step < 0) {
      throw new IllegalArgumentException(
          "batch must be 1 to %d and step not negative, but are %d and %d"
              .formatted(clips, batch, step));
    }
    int volume = requireFrames(count) * FRAME;
    float[] values = new float[Math.multiplyExact(batch, volume)];
    int[] chosen = order.chosen(seed, step, batch);
    for (int i = 0; i < batch; i++) {
      fill(chosen[i], count, values, i * volume);
    }
    return Tensors.of(values, new Shape(batch, count, 1, SIDE, SIDE));
  }

  private void fill(int clip, int count, float[] values, int at) {
    try {
      for (int t = 0; t < count; t++) {
        byte[] frame = numbers.read(((long) t * clips + clip) * FRAME, FRAME);
        for (int p = 0; p < FRAME; p++) {
          values[at + t * FRAME + p] = (frame[p] & 0xff) / 127.5f - 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private int requireClip(int clip) {
    if (clip < 0 || clip >= clips) {
      throw new IllegalArgumentException(
          "clip must be 0 to " + (clips - 1) + ", but is " + clip + " of " + file);
    }
    return clip;
  }

  private int requireFrames(int count) {
    if (count < 1 || count > frames) {
      throw new IllegalArgumentException(
          "frames must be 1 to " + frames + ", but is " + count + " of " + file);
    }
    return count;
  }

  @Override
  public int side() {
    return SIDE;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public String toString() {
    return "Moving MNIST, %,d fixed clips of %d frames".formatted(clips, frames);
  }
}
