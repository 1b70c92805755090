package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.experiment.ProcessMemory;
import condgen.nn.VideoUNet.Architecture;
import condgen.tensor.Devices;
import condgen.tensor.Gradients;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import condgen.training.Adam;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training step (forward, backward, Adam) of the concat network of SMMNIST with a batch of 4,
 * beside the sum of its convolutions, matrix products and normalisations alone, in turns in one
 * process. {@code toolkit/measure video} runs it.
 */
public final class VideoStep {

  private static final int BATCH = 4;
  private static final double MOST = 1.3;

  private VideoStep() {}

  /**
   * Exits with 1 when the step takes more than 1.3 times the sum.
   *
   * @param arguments rounds, 12 by default
   */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? 12 : Integer.parseInt(arguments[0]);
    Architecture a = VideoArchitectures.SMMNIST_CONCAT.architecture();
    VideoUNet network = new VideoUNet(a);
    NDList theta = network.initialize(Seeds.of(1));
    Adam adam = new Adam();
    int channels = a.currentChannels() + a.knownChannels();
    NDArray x = Seeds.of(1).normal(1, new Shape(BATCH, channels, a.side(), a.side()));
    NDArray e = Seeds.of(1).normal(2, new Shape(BATCH, a.currentChannels(), a.side(), a.side()));
    NDArray t = Tensors.of(1, 200, 500, 900);
    for (int n = 0; n < 3; n++) {
      step(network, adam, theta, x, e, t);
    }
    System.out.printf("Peak memory of the steps: %s%n", ProcessMemory.peak());
    VideoKernels kernels = new VideoKernels(network, BATCH);
    Map<String, double[]> alone = new TreeMap<>();
    double[] steps = new double[rounds];
    double[] sums = new double[rounds];
    for (int n = -1; n < rounds; n++) {
      int at = Math.max(n, 0);
      long start = System.nanoTime();
      step(network, adam, theta, x, e, t);
      steps[at] = (System.nanoTime() - start) / 1e6;
      Map<String, Double> times = kernels.run();
      sums[at] = times.values().stream().mapToDouble(Double::doubleValue).sum();
      times.forEach((kind, ms) -> alone.computeIfAbsent(kind, k -> new double[rounds])[at] = ms);
    }
    double[] ratios = new double[rounds];
    Arrays.setAll(ratios, n -> steps[n] / sums[n]);
    alone.forEach((kind, ms) -> System.out.printf("  %s alone: %.0f ms%n", kind, median(ms)));
    System.out.printf(
        "%,d parameters, batch %d, %d threads: step %.0f ms, kernels alone %.0f ms; ratio %.3f"
            + " (median of %d; %.3f to %.3f; allowed %.1f)%n",
        network.parameterCount(),
        BATCH,
        Devices.threads(),
        median(steps),
        median(sums),
        median(ratios),
        rounds,
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        MOST);
    System.exit(median(ratios) <= MOST ? 0 : 1);
  }

  private static void step(
      VideoUNet network, Adam adam, NDList theta, NDArray x, NDArray e, NDArray t) {
    Scope.run(
        () -> {
          Gradients.ValueAndGrad result =
              Gradients.valueAndGrad(
                  theta,
                  leaves -> {
                    NDArray error = network.apply(leaves, x, t).sub(e);
                    return error.mul(error).mean();
                  });
          adam.step(theta, result.gradients(), 1e-4);
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
