package condgen.data;

import ai.djl.ndarray.NDList;
import condgen.diffusion.ForwardProcess;
import condgen.diffusion.ReleasedSampling;
import condgen.diffusion.ReleasedSchedule;
import condgen.nn.VideoArchitectures;
import condgen.nn.VideoUNet;
import condgen.nn.VideoUNet.Architecture;
import condgen.nn.VideoVariants;
import condgen.thesis.TableRef;
import condgen.video.FrameWindow;
import condgen.video.StepCode;
import condgen.video.VideoModel;
import condgen.video.VideoSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The video models that the authors published, by the names of Table 7.1, and their variants: one
 * call reads a checkpoint of the training code and gives a model that samples.
 *
 * <pre>{@code
 * VideoModel model = PublishedVideoModel.SMMNIST_CONCAT.read(Path.of("checkpoint_700000.pt"));
 * NDArray future = model.predict(past, 10, Seeds.of(1));
 * }</pre>
 */
@TableRef("7.1")
public enum PublishedVideoModel {
  /** SMMNIST concat: 5 frames from 5. */
  SMMNIST_CONCAT,
  /** SMMNIST SPATIN: 5 frames from 5. */
  SMMNIST_SPATIN,
  /** KTH concat: 5 frames from 10. */
  KTH_CONCAT,
  /** KTH SPATIN: 5 frames from 10. */
  KTH_SPATIN,
  /** BAIR concat: 5 frames from 2. */
  BAIR_CONCAT,
  /** BAIR SPATIN: 5 frames from 2. */
  BAIR_SPATIN,
  /** Cityscapes concat: 5 frames from 2. */
  CITYSCAPES_CONCAT,
  /** Cityscapes SPATIN: 5 frames from 2. */
  CITYSCAPES_SPATIN,
  /** UCF-101 concat: 4 frames from 4. */
  UCF_CONCAT,
  /** UCF-101 SPATIN: 4 frames from 4. */
  UCF_SPATIN;

  /** Steps of the published sampling runs. */
  private static final int SAMPLING_STEPS = 100;

  private static final int STEPS = 1000;
  private static final double NOISIEST = 0.02;
  private static final double CLEANEST = 0.0001;
  private static final double ROUNDING = 1e-6;
  private static final String[] BUFFERS = {"betas", "alphas", "alphas_prev", "unet.sigmas"};

  /** Shape of the network. */
  public Architecture architecture() {
    return VideoArchitectures.valueOf(name()).architecture();
  }

  /**
   * The model in a checkpoint, its moving averages in place of the trained parameters if the file
   * has them; it samples with the released DDPM in 100 steps.
   *
   * @param checkpoint a PyTorch file: the list of the training code or a plain state dict
   * @throws DamagedDataException if it is no such file; see {@link TorchCheckpoint#read}
   * @throws IllegalArgumentException if it is of another architecture, naming the keys, or was
   *     trained with another noise schedule
   */
  public VideoModel read(Path checkpoint) throws IOException {
    return read(checkpoint, architecture());
  }

  /** The model in a checkpoint of one of the variants; see {@link #read(Path)}. */
  public static VideoModel read(Path checkpoint, VideoVariants variant) throws IOException {
    return read(checkpoint, variant.architecture());
  }

  /** The model in a checkpoint of any architecture; see {@link #read(Path)}. */
  public static VideoModel read(Path checkpoint, Architecture a) throws IOException {
    Map<String, StoredArray> state = TorchCheckpoint.read(checkpoint).evaluation();
    VideoUNet network = new VideoUNet(a);
    Map<String, StoredArray> parameters =
        StrictLoading.stripped(StrictLoading.without(state, BUFFERS), "unet.");
    StrictLoading.requireFit(network, parameters);
    ReleasedSchedule schedule = schedule(state.get("betas"), checkpoint);
    ReleasedSampling sampling =
        new ReleasedSampling(schedule, ReleasedSampling.Method.DDPM, SAMPLING_STEPS);
    NDList theta = StrictLoading.into(network, parameters);
    return new VideoModel(
        network,
        theta,
        new FrameWindow(a.past(), a.current(), a.future(), a.channels()),
        a.side(),
        new ForwardProcess(schedule.schedule(schedule.size())),
        StepCode.RELEASED_INDEX,
        VideoSampler.released(sampling));
  }

  /** The schedule whose β the checkpoint carries; a file without them is taken as published. */
  private static ReleasedSchedule schedule(StoredArray betas, Path checkpoint) {
    if (betas == null) {
      return ReleasedSchedule.linear(STEPS, NOISIEST, CLEANEST);
    }
    float[] beta = betas.floats();
    if (beta.length < 2) {
      throw new IllegalArgumentException(
          checkpoint + " must hold betas of at least 2 steps, but holds " + beta.length);
    }
    ReleasedSchedule linear = ReleasedSchedule.linear(beta.length, beta[0], beta[beta.length - 1]);
    if (difference(linear, beta) < ROUNDING) {
      return linear;
    }
    ReleasedSchedule cosine = ReleasedSchedule.cosine(beta.length);
    if (difference(cosine, beta) < ROUNDING) {
      return cosine;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s must hold betas that fall linearly or by the cosine schedule, but they differ from"
                + " these by %.1e and %.1e",
            checkpoint,
            difference(linear, beta),
            difference(cosine, beta)));
  }

  private static double difference(ReleasedSchedule schedule, float[] beta) {
    double largest = 0;
    for (int i = 0; i < beta.length; i++) {
      double difference = Math.abs(schedule.beta(i) - beta[i]);
      largest = difference <= largest ? largest : difference;
    }
    return largest;
  }
}
