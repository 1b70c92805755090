package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import condgen.metrics.BestOf;
import condgen.metrics.FeatureStatistics;
import condgen.metrics.FrameMetric;
import condgen.metrics.FrechetDistance;
import condgen.metrics.FrechetVideo;
import condgen.tensor.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Gathers the numbers of one measurement, part by part; keeps no frames. */
final class VideoRun {

  private final VideoProtocol protocol;
  private final Map<String, FrameMetric> metrics;
  private final FrechetVideo distance;
  private final int trajectories;
  private final Map<String, double[]> scores = new LinkedHashMap<>();
  private final FeatureStatistics[] ofMade;
  private FeatureStatistics ofReal;

  /**
   * An empty run.
   *
   * @param distance of sets of clips, or null for none
   */
  VideoRun(
      VideoProtocol protocol,
      Map<String, FrameMetric> metrics,
      FrechetVideo distance,
      int trajectories) {
    this.protocol = protocol;
    this.metrics = metrics;
    this.distance = distance;
    this.trajectories = trajectories;
    ofMade = new FeatureStatistics[trajectories];
    if (protocol.hasTruth()) {
      metrics.keySet().forEach(m -> scores.put(m, new double[protocol.clips() * trajectories]));
    }
  }

  private static NDArray part(NDArray clip, int from, int count) {
    return count == 0 ? null : clip.get(new NDIndex().addAllDim().addSliceDim(from, from + count));
  }

  /** The frames that are given before, or null. */
  NDArray past(NDArray clip) {
    return part(clip, 0, protocol.past());
  }

  /** The frames that are given after, or null. */
  NDArray future(NDArray clip) {
    return part(clip, protocol.past() + protocol.predicted(), protocol.future());
  }

  /**
   * Takes in what was made for clips.
   *
   * @param clip the real ones, of which the first has the number {@code first}
   * @param frames (B, predicted, C, side, side)
   */
  void add(NDArray clip, int first, int trajectory, NDArray frames) {
    NDArray truth = part(clip, protocol.past(), protocol.predicted());
    Arguments.requireSameShape(frames, "frames", truth, "truth");
    scores.forEach(
        (name, all) -> {
          double[] some = metrics.get(name).perClip(frames, truth);
          for (int i = 0; i < some.length; i++) {
            all[(first + i) * trajectories + trajectory] = some[i];
          }
        });
    if (distance != null) {
      // Real and made clips both hold the frames that were given, as in the released protocol.
      NDList whole = new NDList();
      Stream.of(past(clip), frames, future(clip)).filter(Objects::nonNull).forEach(whole::add);
      ofMade[trajectory] = plus(ofMade[trajectory], NDArrays.concat(whole, 1));
      ofReal = trajectory == 0 ? plus(ofReal, clip) : ofReal;
    }
  }

  private FeatureStatistics plus(FeatureStatistics some, NDArray clips) {
    FeatureStatistics more = distance.statistics(clips);
    return some == null ? more : some.plus(more);
  }

  /** Best and mean of the trajectories by metric. */
  Map<String, BestOf> frames() {
    Map<String, BestOf> frames = new LinkedHashMap<>();
    scores.forEach(
        (name, all) -> frames.put(name, BestOf.of(metrics.get(name), all, trajectories)));
    return frames;
  }

  /** The distance of each trajectory's clips to the real ones; none if it was not asked for. */
  List<Double> distances() {
    List<Double> distances = new ArrayList<>();
    if (distance != null) {
      Stream.of(ofMade).forEach(s -> distances.add(FrechetDistance.between(s, ofReal)));
    }
    return distances;
  }
}
