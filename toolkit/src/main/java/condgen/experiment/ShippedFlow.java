package condgen.experiment;

import ai.djl.ndarray.NDList;
import condgen.data.LabelledImages;
import condgen.flow.MultiResolutionFlow;
import condgen.training.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The flows of digits that are shipped with notebook 04, one file per resolution. */
public enum ShippedFlow {
  /** Three resolutions: 8, 16 and 32 pixels. */
  MNIST_MRCNF(3),
  /** One resolution: a plain continuous flow of the same digits. */
  MNIST_CNF(1);

  private static final int SIDE = 32;
  private static final int WIDTH = 32;

  private final int resolutions;

  ShippedFlow(int resolutions) {
    this.resolutions = resolutions;
  }

  /** The images it is trained on: a border of background around the digits. */
  public static LabelledImages prepare(LabelledImages digits) {
    return digits.padTo(SIDE);
  }

  /**
   * What it is and how it is trained.
   *
   * @param images prepared training images, which standardise the data of each resolution
   */
  public FlowSetting setting(LabelledImages images) {
    return FlowSetting.digits(SIDE, resolutions, WIDTH).standardized(images);
  }

  /** Number of resolutions. */
  public int resolutions() {
    return resolutions;
  }

  /**
   * Its name in file names and commands: {@code mnist-mrcnf-1} is that of its finest resolution.
   */
  public String file(int s) {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + s;
  }

  /**
   * The model and the resolution of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Resolution named(String name) {
    List<Resolution> all = new ArrayList<>();
    for (ShippedFlow flow : values()) {
      for (int s = 1; s <= flow.resolutions; s++) {
        all.add(new Resolution(flow, s));
      }
    }
    return all.stream()
        .filter(r -> r.file().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name must be one of "
                        + Arrays.toString(all.stream().map(Resolution::file).toArray())
                        + ", but is "
                        + name));
  }

  /** One resolution of a model. */
  record Resolution(ShippedFlow flow, int s) {
    String file() {
      return flow.file(s);
    }
  }

  /**
   * The trained parameters of all resolutions, the finest first, in the enclosing scope; the files
   * lie beside the notebook of this process.
   *
   * @throws IllegalArgumentException if a file is not there
   */
  public List<NDList> read(MultiResolutionFlow model) {
    List<NDList> theta = new ArrayList<>();
    for (int s = 1; s <= resolutions; s++) {
      Path file = NotebookFiles.find("checkpoints/" + file(s) + ".safetensors");
      theta.add(Checkpoint.read(file).parameters("average", model.flows().get(s - 1)));
    }
    return theta;
  }
}
