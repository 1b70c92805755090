package condgen.experiment;

import ai.djl.ndarray.NDArray;
import condgen.data.ClipSource;
import condgen.metrics.FrameMetric;
import condgen.metrics.MeanSquaredError;
import condgen.metrics.Psnr;
import condgen.metrics.Ssim;
import condgen.metrics.VideoBaseline;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.video.VideoModel;
import condgen.video.VideoTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Measures a video model under a protocol, on clips that it never saw, and beside it those who
 * learnt nothing. All see the same clips, a few at a time, so that memory does not grow with their
 * number.
 *
 * <p>A trajectory of a clip depends on (seed, clip, trajectory) alone: more clips, or more
 * trajectories, keep those that are there.
 */
public final class VideoQuality {

  /** PSNR in dB. */
  public static final String PSNR = "PSNR";

  /** SSIM of frames rounded to 0 and 1, as the released code has it for moving digits. */
  public static final String SSIM = "SSIM";

  /** SSIM of the frames as they are. */
  public static final String SSIM_UNROUNDED = "SSIM unrounded";

  /** Mean squared error of pixels in [0, 1]. */
  public static final String MSE = "MSE";

  /** Clips that go through a model together. */
  static final int CHUNK = 32;

  private static final int TRAINING_CLIPS = 256;

  /** Makes the frames that a protocol judges. */
  private interface Maker {
    NDArray make(NDArray past, NDArray future, int clips, Seeds seeds);
  }

  /** Sees how far a measurement is. */
  @FunctionalInterface
  public interface Observer {
    /** Called after some clips were made, counted over all trajectories. */
    void clips(long done, long all);
  }

  private final VideoProtocol protocol;
  private final ClipSource clips;
  private final long seed;
  private final Map<String, FrameMetric> metrics;
  private final UnaryOperator<NDArray> features;
  private final Observer observer;

  private VideoQuality(
      VideoProtocol protocol,
      ClipSource clips,
      long seed,
      Map<String, FrameMetric> metrics,
      UnaryOperator<NDArray> features,
      Observer observer) {
    this.protocol = protocol;
    this.clips = clips;
    this.seed = seed;
    this.metrics = metrics;
    this.features = features;
    this.observer = observer;
  }

  /**
   * Quality by the metrics of this class.
   *
   * @param protocol of the clips' side and channels
   * @param heldOut clips that no training saw
   * @param seed of the clips and of the trajectories
   */
  public VideoQuality(VideoProtocol protocol, ClipSource heldOut, long seed) {
    this(protocol, heldOut, seed, metrics(), null, (done, all) -> {});
    if (heldOut.side() != protocol.side() || heldOut.channels() != protocol.channels()) {
      throw new IllegalArgumentException(
          "heldOut must have side %d and %d channels, but has %d and %d"
              .formatted(protocol.side(), protocol.channels(), heldOut.side(), heldOut.channels()));
    }
  }

  private static Map<String, FrameMetric> metrics() {
    Map<String, FrameMetric> metrics = new LinkedHashMap<>();
    metrics.put(PSNR, new Psnr());
    metrics.put(SSIM, Ssim.rounded());
    metrics.put(SSIM_UNROUNDED, new Ssim());
    metrics.put(MSE, new MeanSquaredError());
    return metrics;
  }

  /** The same with one more metric, LPIPS for instance. */
  public VideoQuality and(String name, FrameMetric metric) {
    Map<String, FrameMetric> more = new LinkedHashMap<>(metrics);
    more.put(name, metric);
    return new VideoQuality(protocol, clips, seed, more, features, observer);
  }

  /** The same, observed. */
  public VideoQuality observer(Observer sees) {
    return new VideoQuality(protocol, clips, seed, metrics, features, sees);
  }

  /**
   * Measures a model.
   *
   * @param name what to call it in a table
   * @throws IllegalArgumentException if the protocol gives other frames than the model's window has
   */
  public VideoScore of(String name, VideoModel model) {
    requireWindow(model);
    Maker maker =
        (past, future, count, seeds) ->
            switch (protocol.task()) {
              case PREDICTION -> model.predict(past, protocol.predicted(), seeds);
              case PAST_PREDICTION -> model.predictPast(future, protocol.predicted(), seeds);
              case GENERATION -> model.generate(count, protocol.predicted(), seeds);
              case INTERPOLATION -> model.interpolate(past, future, seeds);
            };
    return measure(name, protocol.trajectories(), maker);
  }

  private void requireWindow(VideoModel model) {
    boolean past = protocol.past() == 0 || protocol.past() == model.window().past();
    boolean future = protocol.future() == 0 || protocol.future() == model.window().future();
    boolean made = protocol.future() == 0 || protocol.predicted() == model.window().current();
    if (!past || !future || !made || protocol.current() != model.window().current()) {
      throw new IllegalArgumentException(
          "model must have the frames of the protocol ("
              + protocol
              + "), but has "
              + model.window());
    }
  }

  /**
   * Measures a baseline, which has one trajectory. Where nothing is given it goes on from one real
   * frame of another clip.
   */
  public VideoScore of(VideoBaseline baseline) {
    return measure(
        baseline.name(),
        1,
        (past, future, count, seeds) ->
            baseline.predict(
                protocol.hasTruth() ? past : others(count, seeds, 2),
                future,
                protocol.predicted()));
  }

  private NDArray others(int count, Seeds seeds, int frames) {
    return clips.batch(seeds.part("other clips").at(0), 0, count, frames);
  }

  /**
   * Real frames of other held-out clips: the floor of the distance, since no model can be expected
   * to come nearer. Against the true frames they are as wrong as frames of somebody who saw no
   * past.
   */
  public VideoScore others() {
    return measure(
        "other real clips",
        1,
        (past, future, count, seeds) -> others(count, seeds, protocol.predicted()));
  }

  /**
   * Measures all baselines that the task allows.
   *
   * @param training clips of the training, of which the mean frame is taken
   */
  public List<VideoScore> baselines(ClipSource training) {
    NDArray some = training.batch(seed, 0, TRAINING_CLIPS, 1);
    List<VideoBaseline> all =
        protocol.task() == VideoTask.INTERPOLATION
            ? VideoBaseline.forInterpolation(some)
            : VideoBaseline.forPrediction(some);
    return all.stream().map(this::of).toList();
  }

  private VideoScore measure(String name, int trajectories, Maker maker) {
    VideoRun run = new VideoRun(protocol, metrics, features, trajectories);
    for (int from = 0; from < protocol.clips(); from += CHUNK) {
      int first = from;
      Scope.run(() -> part(run, first, trajectories, maker));
    }
    return new VideoScore(name, protocol, run.frames(), run.distances(), card());
  }

  private void part(VideoRun run, int first, int trajectories, Maker maker) {
    int all = protocol.clips();
    int count = Math.min(CHUNK, all - first);
    Seeds seeds = Seeds.of(seed).part("clips from " + first);
    NDArray clip = clips.batch(seed, first / CHUNK, count, protocol.frames());
    NDArray past = run.past(clip);
    NDArray future = run.future(clip);
    for (int j = 0; j < trajectories; j++) {
      int trajectory = j;
      Seeds own = seeds.part("trajectory " + j);
      Scope.run(() -> run.add(clip, first, trajectory, maker.make(past, future, count, own)));
      observer.clips((long) first * trajectories + (j + 1L) * count, (long) all * trajectories);
    }
  }

  private Map<String, String> card() {
    Map<String, String> card = new LinkedHashMap<>();
    card.put("clips", clips + ", seed " + seed);
    if (protocol.hasTruth()) {
      metrics.forEach((name, metric) -> card.put(name, metric.preparation()));
    }
    return card;
  }
}
