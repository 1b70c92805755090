package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.ClipSource;
import condgen.data.StochasticMovingMnist;
import condgen.metrics.ClipFeatures;
import condgen.metrics.FrechetVideo;
import condgen.metrics.VideoBaseline;
import condgen.tensor.Scope;
import condgen.tensor.Sha256;
import condgen.tensor.Tensors;
import condgen.thesis.TableRef;
import condgen.video.VideoTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of Tables 7.2 to 7.8 on small moving digits: the shipped model, which was trained for all
 * four tasks, or somebody who learnt nothing, under the table's protocol as far as the model has
 * the frames for it. The held-out clips are the same for all rows; the seed is that of the
 * trajectories.
 *
 * <p>The setting: {@code table}; {@code method}, {@link #MODEL} or one of {@link #references};
 * {@code predicted} frames; {@code clips}; for the model {@code steps} of the sampler; {@code
 * trajectories}; {@code seed}.
 */
@TableRef({"7.2", "7.3", "7.4", "7.6", "7.7", "7.8"})
public final class TableOnDigits implements Measurement {

  /** The shipped model. */
  public static final String MODEL = "concat past-future-mask, small";

  private static final String FEATURES = "checkpoints/clip-features.safetensors";
  private static final long CLIPS_SEED = 7;
  private static final ShippedVideo SHIPPED = ShippedVideo.SMMNIST_MCVD;

  /** What is judged in a table: frames, near the thesis's, and how many trajectories. */
  private record Plan(int predicted, int trajectories) {}

  private static final Map<String, Plan> PLANS =
      new TreeMap<>(
          Map.of(
              "7.2", new Plan(28, 1),
              "7.3", new Plan(10, 5),
              "7.4", new Plan(40, 1),
              "7.6", new Plan(30, 1),
              "7.7", new Plan(16, 1),
              "7.8", new Plan(5, 5)));

  private static final int STEPS = 100;

  /** A row that loads what it needs when it is measured. */
  public TableOnDigits() {}

  /** The tables that have rows. */
  public static List<String> tables() {
    return List.copyOf(PLANS.keySet());
  }

  /**
   * The model's row: 100 steps; five trajectories, but one where the videos are long.
   *
   * @param table one of {@link #tables}
   */
  public static Ablation model(String table, int clips) {
    return model(table, clips, plan(table).trajectories, STEPS);
  }

  /** The model's row at another cost. */
  public static Ablation model(String table, int clips, int trajectories, int steps) {
    return rows(table, clips, List.of(MODEL))
        .over("trajectories", trajectories)
        .over("steps", steps);
  }

  /** The rows of those who learnt nothing, of other real clips and of other true futures. */
  public static Ablation references(String table, int clips) {
    return rows(table, clips, references(table)).over("trajectories", plan(table).trajectories);
  }

  private static Ablation rows(String table, int clips, List<String> methods) {
    return Ablation.of(TableOnDigits.class)
        .over("table", table)
        .over("method", methods.toArray())
        .over("predicted", plan(table).predicted)
        .over("clips", clips);
  }

  private static Plan plan(String table) {
    Plan plan = PLANS.get(table);
    if (plan == null) {
      throw new IllegalArgumentException("table must be one of " + tables() + ", but is " + table);
    }
    return plan;
  }

  /**
   * Names of the baselines that the table's task allows, of other real clips, and for prediction of
   * the generator's other futures.
   */
  public static List<String> references(String table) {
    VideoTask task = VideoProtocol.of(table).get(0).task();
    NDArray none = Tensors.zeros(new Shape(1, 1, 1, 1, 1));
    List<VideoBaseline> baselines =
        task == VideoTask.INTERPOLATION
            ? VideoBaseline.forInterpolation(none)
            : VideoBaseline.forPrediction(none);
    List<String> names = new ArrayList<>(baselines.stream().map(VideoBaseline::name).toList());
    names.add(VideoQuality.OTHERS);
    if (task == VideoTask.PREDICTION) {
      names.add(VideoQuality.FUTURES);
    }
    return names;
  }

  /** How a row is measured; baselines have one trajectory. */
  public static VideoProtocol protocol(Setting setting) {
    VideoSetting shipped = SHIPPED.setting();
    String method = setting.text("method");
    int steps = method.equals(MODEL) ? setting.integer("steps") : STEPS;
    boolean draws = List.of(MODEL, VideoQuality.FUTURES).contains(method);
    int trajectories = draws ? setting.integer("trajectories") : 1;
    return VideoProtocol.of(setting.text("table"))
        .get(0)
        .scaled(
            shipped.side(),
            shipped.window().past(),
            shipped.window().current(),
            setting.integer("predicted"))
        .with(setting.integer("clips"), trajectories, steps);
  }

  @Override
  public String data(Setting setting) {
    String data = "Stochastic Moving MNIST; clip features " + hash(FEATURES);
    return setting.text("method").equals(MODEL)
        ? data + "; model " + hash("checkpoints/" + SHIPPED.file() + ".safetensors")
        : data;
  }

  private static String hash(String file) {
    return Sha256.of(NotebookFiles.find(file));
  }

  @Override
  public Map<String, Double> measure(Setting setting) {
    return Scope.call(() -> score(setting, (done, all) -> {}).values());
  }

  /** Measures a row, observed. */
  public static VideoScore score(Setting setting, VideoQuality.Observer observer) {
    int side = SHIPPED.setting().side();
    ClipSource clips = Footage.SMMNIST.heldOut(side);
    String method = setting.text("method");
    VideoQuality quality =
        new VideoQuality(protocol(setting), clips, CLIPS_SEED)
            .distance(new FrechetVideo(ClipFeatures.read(NotebookFiles.find(FEATURES))))
            .draws(setting.seed())
            .observer(observer);
    switch (method) {
      case MODEL:
        return quality.of(MODEL, SHIPPED.read(setting.integer("steps")));
      case VideoQuality.OTHERS:
        return quality.others();
      case VideoQuality.FUTURES:
        return quality.otherFutures((StochasticMovingMnist) clips);
      default:
        return quality.known(Footage.SMMNIST.train(side)).stream()
            .filter(b -> b.name().equals(method))
            .findFirst()
            .map(quality::of)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "method must be %s or one of %s, but is %s"
                            .formatted(MODEL, references(setting.text("table")), method)));
    }
  }
}
