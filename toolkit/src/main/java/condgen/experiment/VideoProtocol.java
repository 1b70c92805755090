package condgen.experiment;

import condgen.thesis.TableRef;
import condgen.video.FrameMask;
import condgen.video.VideoTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a number of Tables 7.2 to 7.9 is measured: which frames are given, which are made and judged,
 * how many are made at once, how many clips and trajectories stand behind it.
 *
 * <p>A longer video than {@code current} frames is made block by block. Where the thesis does not
 * say how many trajectories it draws, the ten of Table 7.3 are taken.
 *
 * @param table number of the table
 * @param data name of the data set
 * @param side height and width of a frame in pixels
 * @param channels 1 for grey, 3 for colour
 * @param past p: frames given before
 * @param future f: frames given after
 * @param current k: frames made at once
 * @param predicted frames made and judged
 * @param trajectories n: drawn for each clip; the best counts
 * @param clips of the test set
 * @param steps of the sampler
 * @param metrics that the thesis prints
 */
@TableRef({"7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9"})
public record VideoProtocol(
    String table,
    String data,
    int side,
    int channels,
    int past,
    int future,
    int current,
    int predicted,
    int trajectories,
    int clips,
    int steps,
    List<String> metrics) {

  private static final List<VideoProtocol> ALL =
      List.of(
          prediction("7.2", "Cityscapes", 128, 3, 2, 5, 28, "FVD", "LPIPS", "SSIM"),
          prediction("7.3", "SMMNIST", 64, 1, 5, 5, 10, "FVD", "SSIM"),
          prediction("7.4", "KTH", 64, 1, 10, 5, 30, "FVD", "PSNR", "SSIM"),
          prediction("7.4", "KTH", 64, 1, 10, 5, 40, "FVD", "PSNR", "SSIM"),
          prediction("7.5", "BAIR", 64, 3, 1, 5, 15, "FVD", "PSNR", "SSIM"),
          prediction("7.5", "BAIR", 64, 3, 2, 5, 14, "FVD", "PSNR", "SSIM"),
          prediction("7.5", "BAIR", 64, 3, 2, 5, 28, "FVD", "PSNR", "SSIM"),
          prediction("7.6", "BAIR", 64, 3, 0, 5, 16, "FVD"),
          prediction("7.6", "BAIR", 64, 3, 0, 5, 30, "FVD"),
          prediction("7.7", "UCF-101", 64, 3, 0, 4, 16, "FVD"),
          interpolation("SMMNIST", 1, 5, 5, 10, 100),
          interpolation("SMMNIST", 1, 5, 5, 5, 10),
          interpolation("KTH", 1, 10, 5, 10, 100),
          interpolation("KTH", 1, 10, 5, 10, 10),
          interpolation("KTH", 1, 5, 5, 5, 10),
          interpolation("BAIR", 3, 2, 2, 5, 100),
          interpolation("BAIR", 3, 2, 2, 5, 10),
          prediction("7.9", "SMMNIST", 64, 1, 5, 5, 10, "FVD", "PSNR", "SSIM", "LPIPS", "MSE"));

  /** Checks the counts. */
  public VideoProtocol {
    metrics = List.copyOf(metrics);
    if (past < 0 || future < 0 || current < 1 || predicted < 1) {
      throw new IllegalArgumentException(
          "past and future must not be negative, current and predicted at least 1, but are "
              + List.of(past, future, current, predicted));
    }
    if (trajectories < 1 || clips < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "trajectories, clips and steps must be at least 1, but are "
              + List.of(trajectories, clips, steps));
    }
    if (future > 0 && predicted > current) {
      throw new IllegalArgumentException(
          "predicted must be at most current = %d between two blocks of given frames, but is %d"
              .formatted(current, predicted));
    }
  }

  private static VideoProtocol prediction(
      String table,
      String data,
      int side,
      int channels,
      int past,
      int current,
      int predicted,
      String... metrics) {
    return new VideoProtocol(
        table, data, side, channels, past, 0, current, predicted, 10, 256, 100, List.of(metrics));
  }

  private static VideoProtocol interpolation(
      String data, int channels, int past, int future, int made, int trajectories) {
    return new VideoProtocol(
        "7.8",
        data,
        64,
        channels,
        past,
        future,
        made,
        made,
        trajectories,
        256,
        100,
        List.of("PSNR", "SSIM"));
  }

  /** All protocols of the thesis's own rows, in its order. */
  public static List<VideoProtocol> all() {
    return ALL;
  }

  /**
   * The protocols of a table.
   *
   * @param table from 7.2 to 7.9
   */
  public static List<VideoProtocol> of(String table) {
    List<VideoProtocol> protocols = ALL.stream().filter(p -> p.table.equals(table)).toList();
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("table must be from 7.2 to 7.9, but is " + table);
    }
    return protocols;
  }

  /** Which of the frames that a model knows are given: the task. */
  public VideoTask task() {
    return VideoTask.of(new FrameMask(past > 0, future > 0));
  }

  /** Whether some frames are given, so that there are true frames to compare with. */
  public boolean hasTruth() {
    return past + future > 0;
  }

  /** Frames of a clip that are needed to judge: those given and those made. */
  public int frames() {
    return past + predicted + future;
  }

  /** Blocks that a model goes through for one clip. */
  public int blocks() {
    return (predicted + current - 1) / current;
  }

  /**
   * The same task on two moving digits, with the frames that a small model has: prediction stays
   * prediction, interpolation stays interpolation.
   *
   * @param side height and width of a frame in pixels
   * @param given frames that the small model is given before, and also after if the thesis's is
   * @param current frames that the small model makes at once
   * @param predicted frames made and judged
   */
  public VideoProtocol scaled(int side, int given, int current, int predicted) {
    return new VideoProtocol(
        table,
        "SMMNIST",
        side,
        1,
        past > 0 ? given : 0,
        future > 0 ? given : 0,
        current,
        predicted,
        trajectories,
        clips,
        steps,
        metrics);
  }

  /**
   * The same at another cost.
   *
   * @param clips of the test set
   * @param trajectories drawn for each clip
   * @param steps of the sampler
   */
  public VideoProtocol with(int clips, int trajectories, int steps) {
    return new VideoProtocol(
        table,
        data,
        side,
        channels,
        past,
        future,
        current,
        predicted,
        trajectories,
        clips,
        steps,
        metrics);
  }

  boolean measures(VideoTableRow row) {
    boolean drawn =
        row.trajectories() == VideoTableRow.NOT_PRINTED || row.trajectories() == trajectories;
    return table.equals(row.table())
        && data.equals(row.data())
        && past + future == row.context()
        && predicted == row.predicted()
        && drawn;
  }

  /** The frames that are given, such as {@code 5} or {@code 5 + 5}. */
  public String given() {
    return future > 0 ? past + " + " + future : String.valueOf(past);
  }

  /**
   * Why a number that was measured by this protocol cannot stand beside one of another, in words;
   * "yes" if nothing differs.
   */
  public String whyNotComparable(VideoProtocol other) {
    List<String> reasons = new ArrayList<>();
    differ(reasons, data, other.data);
    differ(reasons, side + " x " + side, other.side + " x " + other.side);
    differ(reasons, given() + " given", other.given());
    differ(reasons, predicted + " judged", String.valueOf(other.predicted));
    differ(reasons, "best of " + trajectories, String.valueOf(other.trajectories));
    differ(reasons, clips + " clips", String.valueOf(other.clips));
    differ(reasons, steps + " steps", String.valueOf(other.steps));
    return reasons.isEmpty() ? "yes" : "no: " + String.join(", ", reasons);
  }

  private static void differ(List<String> reasons, String ours, String theirs) {
    String number = ours.replaceAll("^best of | (given|judged|clips|steps)$", "");
    if (!number.equals(theirs)) {
      reasons.add(ours + " (" + theirs + ")");
    }
  }

  /** One line. */
  @Override
  public String toString() {
    return "table %s: %s %d x %d, %s -> %d frames, %d at once, best of %d, %d clips, %d steps"
        .formatted(
            table, data, side, side, given(), predicted, current, trajectories, clips, steps);
  }

  /** The thesis's rows that were measured so, its rivals' included. */
  public Stream<VideoTableRow> rows() {
    return VideoTables.rows(table).stream().filter(this::measures);
  }
}
