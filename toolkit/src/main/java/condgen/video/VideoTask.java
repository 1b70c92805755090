package condgen.video;

import condgen.thesis.Figure;
import java.util.Arrays;
import java.util.List;

/** What one model does, by which frames it is shown. */
@Figure("7.6")
public enum VideoTask {
  /** The frames that follow the past. */
  PREDICTION(FrameMask.PREDICTION, "future prediction"),
  /** The frames that came before the future. */
  PAST_PREDICTION(FrameMask.PAST_PREDICTION, "past prediction"),
  /** Frames of nothing. */
  GENERATION(FrameMask.GENERATION, "unconditional generation"),
  /** The frames between past and future. */
  INTERPOLATION(FrameMask.INTERPOLATION, "interpolation");

  private final FrameMask mask;
  private final String title;

  VideoTask(FrameMask mask, String title) {
    this.mask = mask;
    this.title = title;
  }

  /** Which blocks the network sees. */
  public FrameMask mask() {
    return mask;
  }

  /** The task of a mask. */
  public static VideoTask of(FrameMask mask) {
    return Arrays.stream(values()).filter(task -> task.mask.equals(mask)).findFirst().orElseThrow();
  }

  /** The tasks that a window has the frames for: without future frames the first and third. */
  public static List<VideoTask> of(FrameWindow window) {
    return Arrays.stream(values())
        .filter(task -> !task.mask.past() || window.past() > 0)
        .filter(task -> !task.mask.future() || window.future() > 0)
        .toList();
  }

  /** The task's name in the thesis. */
  @Override
  public String toString() {
    return title;
  }
}
