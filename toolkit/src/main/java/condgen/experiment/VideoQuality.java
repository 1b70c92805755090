package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.data.ClipSource;
import condgen.data.StochasticMovingMnist;
import condgen.metrics.FrameMetric;
import condgen.metrics.FrechetVideo;
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

/**
 * Measures a video model under a protocol, on clips that it never saw, and beside it those who
 * learnt nothing. All see the same clips, a few at a time, so that memory does not grow with their
 * number.
 *
 * <p>A trajectory of a clip depends on (seeds, clip, trajectory) alone: more clips, or more
 * trajectories, keep those that are there.
 */
public final class VideoQuality {

  /** In dB: a true future that is the true one by chance has no error at all. */
  private static final double CEILING = 60;

  /** PSNR in dB. */
  public static final String PSNR = "PSNR";

  /** SSIM of frames rounded to 0 and 1, as the released code has it for moving digits. */
  public static final String SSIM = "SSIM";

  /** SSIM of the frames as they are. */
  public static final String SSIM_UNROUNDED = "SSIM unrounded";

  /** Mean squared error of pixels in [0, 1]. */
  public static final String MSE = "MSE";

  /** Real frames of other clips, see {@link #others}. */
  public static final String OTHERS = "other real clips";

  /** The generator's own other futures, see {@link #otherFutures}. */
  public static final String FUTURES = "other true futures";

  /** Clips that go through a model together. */
  static final int CHUNK = 32;

  private static final int TRAINING_CLIPS = 256;

  /** Sees how far a measurement is. */
  @FunctionalInterface
  public interface Observer {
    /** Called after some clips were made, counted over all trajectories. */
    void clips(long done, long all);
  }

  private final VideoProtocol protocol;
  private final ClipSource clips;
  private final long seed;
  private final long draws;
  private final Map<String, FrameMetric> metrics;
  private final FrechetVideo distance;
  private final Observer observer;

  private VideoQuality(
      VideoProtocol protocol,
      ClipSource clips,
      long seed,
      long draws,
      Map<String, FrameMetric> metrics,
      FrechetVideo distance,
      Observer observer) {
    this.protocol = protocol;
    this.clips = clips;
    this.seed = seed;
    this.draws = draws;
    this.metrics = metrics;
    this.distance = distance;
    this.observer = observer;
  }

  /**
   * Quality by the metrics of this class.
   *
   * @param protocol of the clips' side and channels
   * @param heldOut clips that no training saw
   * @param seed of the clips; of the trajectories, too, unless {@link #draws} is called
   */
  public VideoQuality(VideoProtocol protocol, ClipSource heldOut, long seed) {
    this(protocol, heldOut, seed, seed, metrics(), null, (done, all) -> {});
    if (heldOut.side() != protocol.side() || heldOut.channels() != protocol.channels()) {
      throw new IllegalArgumentException(
          "heldOut must have side %d and %d channels, but has %d and %d"
              .formatted(protocol.side(), protocol.channels(), heldOut.side(), heldOut.channels()));
    }
  }

  private static Map<String, FrameMetric> metrics() {
    Map<String, FrameMetric> metrics = new LinkedHashMap<>();
    metrics.put(PSNR, new Psnr(CEILING));
    metrics.put(SSIM, Ssim.rounded());
    metrics.put(SSIM_UNROUNDED, new Ssim());
    metrics.put(MSE, new MeanSquaredError());
    return metrics;
  }

  /** The same with one more metric, LPIPS for instance. */
  public VideoQuality and(String name, FrameMetric metric) {
    Map<String, FrameMetric> more = new LinkedHashMap<>(metrics);
    more.put(name, metric);
    return new VideoQuality(protocol, clips, seed, draws, more, distance, observer);
  }

  /**
   * The same with the distance of the clips that were made, given frames included, to the real
   * ones; one distance for each trajectory.
   */
  public VideoQuality distance(FrechetVideo of) {
    return new VideoQuality(protocol, clips, seed, draws, metrics, of, observer);
  }

  /** The same clips, with trajectories of another seed than the clips'. */
  public VideoQuality draws(long other) {
    return new VideoQuality(protocol, clips, seed, other, metrics, distance, observer);
  }

  /** The same, observed. */
  public VideoQuality observer(Observer sees) {
    return new VideoQuality(protocol, clips, seed, draws, metrics, distance, sees);
  }

  /**
   * Measures a model.
   *
   * @param name what to call it in a table
   * @throws IllegalArgumentException if the protocol gives other frames than the model's window has
   */
  public VideoScore of(String name, VideoModel model) {
    requireWindow(model);
    FrameMaker maker =
        p ->
            switch (protocol.task()) {
              case PREDICTION -> model.predict(p.past(), protocol.predicted(), p.seeds());
              case PAST_PREDICTION ->
                  model.predictPast(p.future(), protocol.predicted(), p.seeds());
              case GENERATION -> model.generate(p.count(), protocol.predicted(), p.seeds());
              case INTERPOLATION -> model.interpolate(p.past(), p.future(), p.seeds());
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
        p ->
            baseline.predict(
                protocol.hasTruth() ? p.past() : others(p, 2), p.future(), protocol.predicted()));
  }

  private NDArray others(FrameMaker.Part part, int frames) {
    return clips.batch(part.seeds().part("other clips").at(0), 0, part.count(), frames);
  }

  /**
   * Real frames of other held-out clips: where nothing is given the floor of the distance. Where
   * frames are given these do not fit to them, and the distance sees the jump.
   */
  public VideoScore others() {
    return measure(OTHERS, 1, p -> others(p, protocol.predicted()));
  }

  /** The baselines that the task allows; the mean frame is that of training clips. */
  List<VideoBaseline> known(ClipSource training) {
    NDArray some = training.batch(seed, 0, TRAINING_CLIPS, 1);
    return protocol.task() == VideoTask.INTERPOLATION
        ? VideoBaseline.forInterpolation(some)
        : VideoBaseline.forPrediction(some);
  }

  /**
   * Measures all baselines that the task allows.
   *
   * @param training clips of the training, of which the mean frame is taken
   */
  public List<VideoScore> baselines(ClipSource training) {
    return known(training).stream().map(this::of).toList();
  }

  /**
   * Other futures of the same pasts, drawn by the generator that made the clips: what a model
   * reaches that has learnt the digits' motion perfectly. No model can be expected to do better,
   * since the true future is one of many.
   *
   * @param generator the clips of this measurement
   */
  public VideoScore otherFutures(StochasticMovingMnist generator) {
    if (generator != clips || protocol.task() != VideoTask.PREDICTION) {
      throw new IllegalArgumentException(
          "generator must be that of the held-out clips and the task prediction, but they are "
              + generator
              + " and "
              + protocol.task());
    }
    int frames = protocol.past() + protocol.predicted();
    return measure(
        FUTURES,
        protocol.trajectories(),
        p -> {
          NDList made = new NDList();
          for (int i = p.first(); i < p.first() + p.count(); i++) {
            int future = p.trajectory() + 1;
            NDArray all = generator.continuations(seed, i, protocol.past(), frames, future + 1);
            made.add(all.get(future + ", " + protocol.past() + ":"));
          }
          return NDArrays.stack(made);
        });
  }

  private VideoScore measure(String name, int trajectories, FrameMaker maker) {
    VideoRun run = new VideoRun(protocol, metrics, distance, trajectories);
    for (int from = 0; from < protocol.clips(); from += CHUNK) {
      int first = from;
      Scope.run(() -> part(run, first, trajectories, maker));
    }
    return new VideoScore(name, protocol, run.frames(), run.distances(), card());
  }

  private void part(VideoRun run, int first, int trajectories, FrameMaker maker) {
    int all = protocol.clips();
    int count = Math.min(CHUNK, all - first);
    NDArray clip = clips.batch(seed, 0, first + count, protocol.frames()).get(first + ":");
    NDArray past = run.past(clip);
    NDArray future = run.future(clip);
    for (int j = 0; j < trajectories; j++) {
      Seeds seeds = Seeds.of(draws).part("clips from " + first).part("trajectory " + j);
      FrameMaker.Part part = new FrameMaker.Part(past, future, first, count, j, seeds);
      Scope.run(() -> run.add(clip, first, part.trajectory(), maker.make(part)));
      observer.clips((long) first * trajectories + (j + 1L) * count, (long) all * trajectories);
    }
  }

  private Map<String, String> card() {
    Map<String, String> card = new LinkedHashMap<>();
    card.put("clips", clips + ", seed " + seed);
    if (protocol.hasTruth()) {
      metrics.forEach((name, metric) -> card.put(name, metric.preparation()));
    }
    if (distance != null) {
      card.put(distance.name(), distance.network().preparation());
    }
    return card;
  }
}
