package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.data.ClipSource;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.NoiseSchedule;
import condgen.nn.Layer;
import condgen.nn.VideoArchitectures;
import condgen.nn.VideoUNet;
import condgen.tensor.Seeds;
import condgen.thesis.TableRef;
import condgen.training.Training;
import condgen.training.WarmUp;
import condgen.video.ConditionalNoisePredictor;
import condgen.video.FrameWindow;
import condgen.video.MaskDistribution;
import condgen.video.StepCode;
import condgen.video.VideoModel;
import condgen.video.VideoNoiseMatching;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * One of the ten settings of Table 7.1 in full: network, training, and the protocols by which the
 * thesis judges it. Meant for a GPU; nothing is allocated before {@link #training}.
 *
 * @param architecture the network by name; 0.1 of its features is left out in training, but for
 *     Cityscapes
 * @param batch clips in a step, as the released commands have it
 * @param steps of the training to the checkpoint that was judged
 * @param options Adam's step size, its rise, the clipping and the moving average
 */
@TableRef("7.1")
public record PaperVideo(
    VideoArchitectures architecture, int batch, long steps, Training.Options options) {

  /** Steps of the sampler in all tables. */
  public static final int SAMPLING = 100;

  /** The ten, in the order of Table 7.1. */
  public static List<PaperVideo> all() {
    return Arrays.stream(VideoArchitectures.values()).map(PaperVideo::of).toList();
  }

  /** The setting of a network. */
  public static PaperVideo of(VideoArchitectures architecture) {
    String data = data(architecture);
    boolean careful = !List.of("SMMNIST", "KTH").contains(data);
    int warmUp = data.equals("SMMNIST") ? 1_000 : 5_000;
    return new PaperVideo(
        architecture,
        batch(architecture),
        printedSteps(architecture),
        new Training.Options(careful ? 1e-4 : 2e-4, warmUp, 1, 0.999, WarmUp.FROM_ZERO));
  }

  private static String data(VideoArchitectures architecture) {
    return architecture.label().split(" ")[0];
  }

  /** Table 7.1 prints 64 for all. */
  private static int batch(VideoArchitectures architecture) {
    return switch (architecture) {
      case CITYSCAPES_CONCAT, UCF_CONCAT, UCF_SPATIN -> 32;
      case CITYSCAPES_SPATIN -> 16;
      default -> 64;
    };
  }

  private static long printedSteps(VideoArchitectures architecture) {
    Table table = VideoTables.compute();
    int row = table.stringColumn("model").asList().indexOf(architecture.label());
    return (long) table.doubleColumn("steps").getDouble(row);
  }

  /** Name of the data set. */
  public String data() {
    return data(architecture);
  }

  /** The protocols that judge models of this data set. */
  public List<VideoProtocol> protocols() {
    return VideoProtocol.all().stream().filter(p -> p.data().equals(data())).toList();
  }

  /** The frames that the network sees; no future ones. */
  public FrameWindow window() {
    VideoUNet.Architecture a = architecture.architecture();
    return new FrameWindow(a.past(), a.current(), a.future(), a.channels());
  }

  /** Linear noise, white. */
  public ForwardProcess process() {
    return new ForwardProcess(NoiseSchedule.ddpm());
  }

  /** The loss, with masks: none for the plain models, the past's for "past-mask". */
  public VideoNoiseMatching objective(MaskDistribution masks) {
    return new VideoNoiseMatching(process(), window(), masks);
  }

  /** A training that has not begun, with fresh parameters: four times their memory and more. */
  public Training training(long seed) {
    NDList theta =
        new VideoUNet(architecture.architecture()).initialize(Seeds.of(seed).part("weights"));
    return new Training(theta, options);
  }

  /**
   * Trains until {@code until} steps have been taken in all, with the loss of the thesis and with
   * the features of the hidden layers left out that {@link #architecture} says.
   *
   * @param training of {@link #training}
   * @param clips of this setting's side and channels
   * @param masks which of the known frames are hidden
   * @param seed of clips, masks, levels, noise and the features left out
   * @return the mean loss over these steps
   */
  public double run(
      Training training,
      ClipSource clips,
      MaskDistribution masks,
      long seed,
      long until,
      Training.Observer observer) {
    VideoUNet network = new VideoUNet(architecture.architecture());
    VideoNoiseMatching objective = objective(masks);
    int levels = process().schedule().steps();
    Seeds seeds = Seeds.of(seed);
    return training.run(
        until,
        n -> {
          NDArray clip = clips.batch(seed, n, batch, window().frames());
          Layer thinned = network.withDropout(seeds, n);
          return theta ->
              objective.loss(
                  ConditionalNoisePredictor.of(thinned, theta, StepCode.RELEASED_INDEX, levels),
                  clip,
                  seeds,
                  n);
        },
        observer);
  }

  /** The model with trained parameters. */
  public VideoModel model(NDList theta) {
    return new VideoModel(
        new VideoUNet(architecture.architecture()),
        theta,
        window(),
        architecture.architecture().side(),
        process(),
        StepCode.RELEASED_INDEX,
        SAMPLING);
  }
}
