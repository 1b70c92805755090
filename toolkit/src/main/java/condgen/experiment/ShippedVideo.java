package condgen.experiment;

import condgen.training.Checkpoint;
import condgen.video.VideoModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The video models that are shipped with the notebooks. */
public enum ShippedVideo {
  /** Two moving digits of 32 x 32, all four tasks. */
  SMMNIST_MCVD(VideoSetting.smmnist()),
  /** Walking people of 32 x 32, prediction. */
  WALKING_MCVD(VideoSetting.walking());

  private final VideoSetting setting;

  ShippedVideo(VideoSetting setting) {
    this.setting = setting;
  }

  /** What it is and how it was trained. */
  public VideoSetting setting() {
    return setting;
  }

  /** Its name in file names and commands, such as {@code smmnist-mcvd}. */
  public String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The model of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ShippedVideo named(String name) {
    return Arrays.stream(values())
        .filter(m -> m.file().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name must be one of "
                        + Arrays.stream(values()).map(ShippedVideo::file).toList()
                        + ", but is "
                        + name));
  }

  /**
   * The model with its trained parameters, in the enclosing scope; its file lies beside the
   * notebook of this process.
   *
   * @param steps of the sampler
   * @throws IllegalArgumentException if the file is not there
   */
  public VideoModel read(int steps) {
    Path file = NotebookFiles.find("checkpoints/" + file() + ".safetensors");
    return setting.model(Checkpoint.read(file).parameters("average", setting.network()), steps);
  }
}
