package condgen.data;

import condgen.download.DataCache;
import condgen.download.MissingDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cityscapes sequences: what a car sees in German cities, in snippets of 30 frames of 2048 x 1024.
 * Fetch it with {@code data-downloaders/fetch cityscapes}, for which one needs an account; it is
 * read out of its zip of about 324 GB, which is never unpacked.
 *
 * <p>As the released code of MCVD has it: all frames of a part by the names of their paths, in
 * groups of 30; the middle 1024 x 1024, by Pillow's Lanczos filter to 128 x 128. The numbers of the
 * thesis are of the validation cities by its figure 7.1, but the code reads the test cities; both
 * are here. M. Cordts and others: The Cityscapes dataset, 2016.
 */
public final class Cityscapes {
  private static final String DATA_SET = "cityscapes";
  private static final String FILE = "leftImg8bit_sequence_trainvaltest.zip";
  private static final int SNIPPET = 30;
  private static final int SIDE = 128;
  private static final Pattern FRAME =
      Pattern.compile("(?:.*/)?([a-z]+)/([^/]+)/[^/]+_leftImg8bit\\.png");

  /** Parts of the set. */
  public enum Part {
    /** 2,975 snippets. */
    TRAIN("train"),
    /** 500 snippets: what the thesis says that its numbers are of. */
    VALIDATION("val"),
    /** 1,525 snippets: what the released code reads. */
    TEST("test");

    private final String folder;

    Part(String folder) {
      this.folder = folder;
    }
  }

  private Cityscapes() {}

  /**
   * Clips for training, (B, N, 3, 128, 128).
   *
   * @throws MissingDataException when the set was not fetched
   */
  public static VideoClips train() {
    return VideoClips.training(read(DataCache.standard(), Part.TRAIN, SIDE));
  }

  /** Clips for testing as the released code has them: 256 items of the test cities. */
  public static VideoClips test() {
    return VideoClips.testing(read(DataCache.standard(), Part.TEST, SIDE));
  }

  /** Clips for testing as the thesis says: 256 items of the validation cities. */
  public static VideoClips testAsInThesis() {
    return VideoClips.testing(read(DataCache.standard(), Part.VALIDATION, SIDE));
  }

  static VideoSet read(DataCache cache, Part part, int side) {
    try {
      return open(cache.require(DATA_SET, FILE), part, side);
    } catch (IOException e) {
      throw FetchAgain.after(e, DATA_SET);
    }
  }

  /**
   * The snippets of a part. Reads names only.
   *
   * @param data the zip, or a folder that it was unpacked to
   * @param part which cities
   * @param side of the frames wanted; the published numbers are at 128
   * @throws DamagedDataException when there are none, or a city's frames are no multiple of 30
   */
  public static VideoSet open(Path data, Part part, int side) throws IOException {
    FrameFit fit = FrameFit.middle(side, ImageResize.LANCZOS);
    Members members = Members.open(data);
    try {
      int[] places = places(members, part);
      return new PictureVideos("Cityscapes, " + part.folder, members, places, SNIPPET, fit);
    } catch (IOException | RuntimeException e) {
      members.close();
      throw e;
    }
  }

  /** Names come sorted, so cities and, in them, frames are in the order of the released code. */
  private static int[] places(Members members, Part part) throws IOException {
    List<Integer> places = new ArrayList<>();
    Map<String, Integer> frames = new TreeMap<>();
    int place = 0;
    for (String name : members.names()) {
      Matcher frame = FRAME.matcher(name);
      if (frame.matches() && frame.group(1).equals(part.folder)) {
        places.add(place);
        frames.merge(frame.group(2), 1, Integer::sum);
      }
      place++;
    }
    for (Map.Entry<String, Integer> city : frames.entrySet()) {
      if (city.getValue() % SNIPPET != 0) {
        throw new DamagedDataException(
            "%s: expected snippets of %d frames, found %,d frames of %s/%s"
                .formatted(members.place(), SNIPPET, city.getValue(), part.folder, city.getKey()));
      }
    }
    if (places.isEmpty()) {
      throw new DamagedDataException(
          "%s: expected frames %s/CITY/..._leftImg8bit.png, found none"
              .formatted(members.place(), part.folder));
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }
}
