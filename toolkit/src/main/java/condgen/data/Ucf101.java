package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * UCF-101: 13,320 films of 101 human actions from the web, 320 x 240 in colour. Fetch it with
 * {@code data-downloaders/fetch ucf101}, or with {@code fetch mcvd-data/UCF101_64.hdf5} as the
 * authors of MCVD prepared it (taken first when both are there).
 *
 * <p>As the released code of MCVD has it: split 3; a frame is made 85 x 64 by Pillow's Lanczos
 * filter, and of that a square is taken, anywhere in training, in the middle in testing; of the
 * test films every tenth counts, and 256 items are spread over these. The thesis says that the
 * middle 240 x 240 pixels are taken and resized, in training too: {@link Frames#THESIS}. K. Soomro,
 * A. Zamir, M. Shah: UCF101, 2012.
 */
public final class Ucf101 {
  private static final String DATA_SET = "ucf101";
  private static final String PREPARED = "UCF101_64.hdf5";
  private static final int SIDE = 64;
  private static final int WIDE = 85;
  private static final int EVERY = 10;

  /** The split of the published numbers. */
  public static final int SPLIT = 3;

  /** How a frame becomes a square of 64 x 64. */
  public enum Frames {
    /** As the released code: squeezed to 85 x 64; clips take a window of it. */
    RELEASED(FrameFit.whole(SIDE, WIDE, ImageResize.LANCZOS)),
    /** As the thesis says: the middle square, resized. */
    THESIS(FrameFit.middle(SIDE, ImageResize.LANCZOS));

    private final FrameFit fit;

    Frames(FrameFit fit) {
      this.fit = fit;
    }
  }

  private Ucf101() {}

  /**
   * Clips for training, (B, N, 3, 64, 64), as the released code cuts them.
   *
   * @throws MissingDataException when the set was not fetched
   */
  public static VideoClips train() {
    return VideoClips.training(read(DataCache.standard(), SPLIT, true));
  }

  /** Clips for testing: 256 items spread over every tenth test film; see {@link #train}. */
  public static VideoClips test() {
    return VideoClips.testing(everyTenth(read(DataCache.standard(), SPLIT, false)));
  }

  /**
   * Clips whose frames are prepared as the thesis says.
   *
   * @param training whether the films for training are wanted
   * @throws MissingDataException when the films were not fetched
   */
  public static VideoClips asInThesis(boolean training) {
    VideoSet films = films(DataCache.standard(), SPLIT, training, Frames.THESIS);
    return training ? VideoClips.training(films) : VideoClips.testing(everyTenth(films));
  }

  static VideoSet read(DataCache cache, int split, boolean training) {
    Path ready = cache.directory(PreparedSets.DATA_SET).resolve(PREPARED);
    if (!Files.isRegularFile(ready)) {
      return films(cache, split, training, Frames.RELEASED);
    }
    try {
      return prepared(PreparedVideos.open(ready), training);
    } catch (IOException e) {
      throw FetchAgain.after(e, PreparedSets.DATA_SET + "/" + PREPARED);
    }
  }

  static VideoSet films(DataCache cache, int split, boolean training, Frames frames) {
    Path folder = cache.directory(DATA_SET);
    Path other = folder.resolve("videos-rar");
    boolean isOther = !Files.isDirectory(folder.resolve("videos")) && Files.isDirectory(other);
    Path films = isOther ? other : cache.requireDirectory(DATA_SET, "videos");
    Path splits = cache.requireDirectory(DATA_SET, "splits");
    try {
      return Ucf101Split.read(splits, split).films(films, training, frames.fit);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * The training or the test videos of a file that the authors of MCVD prepared: the training ones
   * come first.
   *
   * @throws DamagedDataException when the file does not say how many there are, or has fewer
   */
  public static VideoSet prepared(PreparedVideos videos, boolean training) throws IOException {
    int train = videos.constant("num_train").orElse(-1);
    int test = videos.constant("num_test").orElse(-1);
    if (train < 1 || test < 1 || (long) train + test > videos.size()) {
      throw new DamagedDataException(
          "%s: expected num_train and num_test that add to at most %,d, found %,d and %,d"
              .formatted(videos.title(0), videos.size(), train, test));
    }
    int[] chosen = IntStream.range(training ? 0 : train, training ? train : train + test).toArray();
    String name = "UCF-101, " + (training ? "training" : "test") + ", prepared by its authors";
    return videos.only(name, chosen);
  }

  /**
   * Every tenth video, from the first: as many as a tenth of the list, rounded down (369 of 3,696),
   * but at least one.
   */
  public static VideoSet everyTenth(VideoSet videos) {
    int count = Math.max(1, videos.size() / EVERY);
    int[] chosen = IntStream.range(0, count).map(i -> EVERY * i).toArray();
    return videos.only(videos.name() + ", every tenth", chosen);
  }
}
