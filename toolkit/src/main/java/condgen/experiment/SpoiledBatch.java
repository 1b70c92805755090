package condgen.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.StochasticMovingMnist;
import condgen.metrics.ClipNetwork;
import condgen.metrics.Spoiling;
import condgen.tensor.Scalars;
import condgen.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Clips of two moving digits, each spoiled in some way, and what there is to be told of them.
 *
 * @param clips (B, F, 1, side, side)
 * @param kinds how clip i is spoiled: i modulo the number of ways
 * @param digits (B, 10): 1 for each class that is there
 * @param motion (B, 3): speed of the slower and the faster digit in pixels of 64 a frame, over 4;
 *     changes of velocity of both per frame
 */
record SpoiledBatch(NDArray clips, Spoiling[] kinds, double[][] digits, double[][] motion) {

  /**
   * What a network answered rightly.
   *
   * @param kinds share of clips whose spoiling was named, by kind
   * @param digits share of right answers to "is this digit there?"
   * @param motion share of the variance of motion explained, where it can be seen
   */
  record Accuracy(Map<String, Double> kinds, double digits, double motion) {}

  static SpoiledBatch draw(
      StochasticMovingMnist source, long seed, long step, int batch, int frames) {
    NDArray clean = source.batch(seed, step, batch, frames);
    Spoiling[] all = Spoiling.values();
    Spoiling[] kinds = new Spoiling[batch];
    NDList clips = new NDList(batch);
    double[][] digits = new double[batch][ClipNetwork.DIGITS];
    double[][] motion = new double[batch][];
    for (int i = 0; i < batch; i++) {
      long index = (step << 32) + i;
      kinds[i] = all[i % all.length];
      NDArray pair = clean.get(Tensors.ofLongs(i, (i + 1) % batch));
      clips.add(kinds[i].of(pair, seed ^ index).get("0:1"));
      for (int label : source.labels(seed, index)) {
        digits[i][label] = 1;
      }
      motion[i] = motion(source.paths(seed, index, frames));
    }
    return new SpoiledBatch(NDArrays.concat(clips, 0), kinds, digits, motion);
  }

  private static double[] motion(int[][][] paths) {
    double[] speeds = new double[paths.length];
    int changes = 0;
    int frames = paths[0].length;
    for (int d = 0; d < paths.length; d++) {
      int[][] path = paths[d];
      for (int f = 1; f < frames; f++) {
        int down = path[f][0] - path[f - 1][0];
        int right = path[f][1] - path[f - 1][1];
        speeds[d] += Math.hypot(down, right) / (frames - 1);
        boolean same =
            f < 2
                || down == path[f - 1][0] - path[f - 2][0]
                    && right == path[f - 1][1] - path[f - 2][1];
        changes += same ? 0 : 1;
      }
    }
    Arrays.sort(speeds);
    double fastest = speeds[speeds.length - 1];
    return new double[] {speeds[0] / 4, fastest / 4, (double) changes / frames};
  }

  /** Whether a clip's digits are those of its labels: not when another clip was spliced on. */
  private boolean showsDigits(int i) {
    return kinds[i] != Spoiling.SPLICED;
  }

  private boolean showsMotion(int i) {
    return kinds[i] == Spoiling.NONE
        || kinds[i] == Spoiling.REVERSED
        || kinds[i] == Spoiling.NOISY
        || kinds[i] == Spoiling.COARSE;
  }

  /**
   * Cross-entropy of the kinds, cross-entropies of the ten digits' presence and four times the
   * squared error of the motion, where these can be seen.
   *
   * @param answers (B, 21) of a {@link ClipNetwork}
   */
  NDArray loss(NDArray answers) {
    int batch = kinds.length;
    int all = Spoiling.values().length;
    int width = ClipNetwork.DIGITS + ClipNetwork.MOTIONS + all;
    float[] target = new float[batch * width];
    float[] weight = new float[batch * width];
    for (int i = 0; i < batch; i++) {
      for (int k = 0; k < width; k++) {
        int at = i * width + k;
        int motionAt = k - ClipNetwork.DIGITS;
        int kindAt = motionAt - ClipNetwork.MOTIONS;
        if (kindAt >= 0) {
          target[at] = kinds[i].ordinal() == kindAt ? 1 : 0;
          weight[at] = 1f / batch;
        } else if (motionAt >= 0) {
          target[at] = (float) motion[i][motionAt];
          weight[at] = showsMotion(i) ? 4f / batch : 0;
        } else {
          target[at] = (float) digits[i][k];
          weight[at] = showsDigits(i) ? 1f / batch : 0;
        }
      }
    }
    NDArray y = Tensors.of(target, new Shape(batch, width));
    NDArray w = Tensors.of(weight, new Shape(batch, width));
    String first = ":, 0:" + ClipNetwork.DIGITS;
    String second = ":, " + ClipNetwork.DIGITS + ":" + (width - all);
    String third = ":, " + (width - all) + ":";
    NDArray z = answers.get(first);
    NDArray larger = z.maximum(Scalars.constant(0, z));
    NDArray softened = Scalars.add(Scalars.scale(z.abs(), -1).exp(), 1).log();
    NDArray presence = larger.add(softened).sub(z.mul(y.get(first)));
    NDArray off = answers.get(second).sub(y.get(second));
    NDArray named = answers.get(third).logSoftmax(1).mul(y.get(third));
    return presence
        .mul(w.get(first))
        .sum()
        .add(off.mul(off).mul(w.get(second)).sum())
        .sub(named.mul(w.get(third)).sum());
  }

  Accuracy accuracy(NDArray answers) {
    double[] flat = Tensors.toDoubles(answers);
    int all = Spoiling.values().length;
    int width = flat.length / kinds.length;
    double[] named = new double[all];
    double[] of = new double[all];
    double right = 0;
    double asked = 0;
    double[] errors = new double[ClipNetwork.MOTIONS];
    double[] sums = new double[ClipNetwork.MOTIONS];
    double[] squares = new double[ClipNetwork.MOTIONS];
    int moving = 0;
    for (int i = 0; i < kinds.length; i++) {
      double[] row = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
      of[kinds[i].ordinal()]++;
      named[kinds[i].ordinal()] += greatest(row, width - all) == kinds[i].ordinal() ? 1 : 0;
      for (int d = 0; showsDigits(i) && d < ClipNetwork.DIGITS; d++) {
        asked++;
        right += row[d] > 0 == digits[i][d] > 0 ? 1 : 0;
      }
      moving += showsMotion(i) ? 1 : 0;
      for (int m = 0; showsMotion(i) && m < ClipNetwork.MOTIONS; m++) {
        errors[m] += Math.pow(row[ClipNetwork.DIGITS + m] - motion[i][m], 2);
        sums[m] += motion[i][m];
        squares[m] += motion[i][m] * motion[i][m];
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Spoiling kind : Spoiling.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      shares.put(name, named[kind.ordinal()] / of[kind.ordinal()]);
    }
    double explained = 0;
    for (int m = 0; m < ClipNetwork.MOTIONS; m++) {
      double variance = squares[m] - sums[m] * sums[m] / moving;
      explained += (1 - errors[m] / variance) / ClipNetwork.MOTIONS;
    }
    return new Accuracy(shares, right / asked, explained);
  }

  private static int greatest(double[] row, int from) {
    int best = from;
    for (int i = from; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best - from;
  }
}
