package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Scope;

/**
 * The Fréchet distance of two sets of clips, in the features of a network over time: it is called
 * FVD in those of {@link I3d}, and by the network's name in others. Unlike {@link FrameMetric} it
 * asks no clip for its own future: it sees whether the clips as a whole look and move like real
 * ones.
 *
 * <p>Predictions are judged together with the past that they continue, so a jump between both
 * counts.
 *
 * @param network whose features are compared
 */
public record FrechetVideo(ClipFeatureNetwork network) {

  /** A clip must have as many frames, or the networks see too little of it. */
  public static final int LEAST_FRAMES = 10;

  /**
   * Mean and covariance of clips' features.
   *
   * @param clips (B, frames, 1 or 3, H, W) in [−1, 1], at least 10 frames
   * @throws IllegalArgumentException if there are fewer frames
   */
  public FeatureStatistics statistics(NDArray clips) {
    UnitFrames.requireClip(clips, "clips");
    if (clips.getShape().get(1) < LEAST_FRAMES) {
      throw new IllegalArgumentException(
          "clips must have at least 10 frames, but have shape " + clips.getShape());
    }
    return Scope.call(() -> FeatureStatistics.of(network.features(clips)));
  }

  /**
   * The distance of two sets of clips, each of at least 2.
   *
   * @param first (B, frames, C, H, W) in [−1, 1]
   * @param second (B', frames, C, H, W)
   */
  public double between(NDArray first, NDArray second) {
    return FrechetDistance.between(statistics(first), statistics(second));
  }

  /**
   * The distance of predictions from real clips, both with the past frames in front, for each
   * trajectory: number k takes the k-th future of every clip. Its mean over k is the number of the
   * tables.
   *
   * @param past (B, P, C, H, W) in [−1, 1], B at least 2
   * @param predicted (B · n, frames, C, H, W); the n futures of one clip stand together
   * @param truth (B, frames, C, H, W)
   * @param trajectories n, at least 1
   * @return n distances
   */
  public double[] ofPredictions(NDArray past, NDArray predicted, NDArray truth, int trajectories) {
    UnitFrames.requireClip(past, "past");
    UnitFrames.requireClip(truth, "truth");
    long[] expected = truth.getShape().getShape().clone();
    expected[0] *= trajectories;
    Arguments.requireShape(predicted, "predicted", expected);
    expected[0] = truth.getShape().get(0);
    expected[1] = -1;
    Arguments.requireShape(past, "past", expected);
    FeatureStatistics real = Scope.call(() -> statistics(join(past, truth)));
    double[] distances = new double[trajectories];
    for (int k = 0; k < trajectories; k++) {
      int future = k;
      distances[k] =
          Scope.call(
              () -> {
                NDList chosen = new NDList();
                for (long i = future; i < predicted.getShape().get(0); i += trajectories) {
                  chosen.add(predicted.get(i + ":" + (i + 1)));
                }
                NDArray clips = join(past, NDArrays.concat(chosen, 0));
                return FrechetDistance.between(statistics(clips), real);
              });
    }
    return distances;
  }

  private static NDArray join(NDArray past, NDArray frames) {
    return NDArrays.concat(new NDList(past, frames), 1);
  }

  /** What to call the distance. */
  public String name() {
    return network.distanceName();
  }
}
