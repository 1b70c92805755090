package condgen.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.data.LabelledImages;
import condgen.data.Mnist;
import condgen.download.DataCache;
import condgen.experiment.DigitModel;
import condgen.tensor.Seeds;
import condgen.training.Training;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a Gaussian free field costs, in milliseconds: √Σ of 64 images of 3 × 32 × 32 beside two of
 * the engine's transforms of the same images, and a training step of the digit models that differ
 * in their noise alone. {@code toolkit/measure field} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FieldBenchmark {

  private static final double MOST_OF_TRANSFORMS = 3;
  private static final double MOST_OF_STEP = 1.1;
  private static final long[] SIZE = {32, 32};
  private static final long[] AXES = {-2, -1};

  private final GaussianFreeField field = new GaussianFreeField(1);
  private NDArray images;

  /** Runs both pairs; exits with 1 when a ratio is above its limit. */
  public static void main(String[] arguments) throws RunnerException {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(FieldBenchmark.class.getName()).build()).run();
    Map<String, Double> times = new TreeMap<>();
    for (RunResult result : results) {
      times.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
    }
    boolean roots =
        report("root / two transforms", times, "root", "twoTransforms", MOST_OF_TRANSFORMS);
    boolean steps =
        report("step of NI-DDPM / of DDPM", times, "stepOfField", "stepOfWhite", MOST_OF_STEP);
    System.exit(roots && steps ? 0 : 1);
  }

  private static boolean report(
      String what, Map<String, Double> times, String a, String b, double most) {
    double ratio = times.get(a) / times.get(b);
    System.out.printf(
        "%s: %.3f ms / %.3f ms = %.3f (allowed %.1f)%n",
        what, times.get(a), times.get(b), ratio, most);
    return ratio <= most;
  }

  /** Makes the images. */
  @Setup
  public void prepare() {
    images = Seeds.of(1).normal(0, new Shape(64, 3, 32, 32));
  }

  /** Frees them. */
  @TearDown
  public void free() {
    images.close();
  }

  /** √Σ x. */
  @Benchmark
  public void root() {
    condgen.tensor.Scope.run(() -> field.sqrt(images));
  }

  /** FFT2 and its inverse. */
  @Benchmark
  public void twoTransforms() {
    condgen.tensor.Scope.run(() -> images.fft2(SIZE, AXES).ifft2(SIZE, AXES));
  }

  /** One model of digits in training. */
  @State(Scope.Benchmark)
  public abstract static class Model {
    private final DigitModel model;
    private Training training;
    private LabelledImages digits;

    Model(DigitModel model) {
      this.model = model;
    }

    /** Makes network and data. */
    @Setup
    public void prepare() {
      training =
          new Training(
              model.network().initialize(Seeds.of(1)), new Training.Options(2e-3, 100, 1, 0.999));
      digits = Mnist.train(DataCache.at(Path.of("toolkit/src/test/resources/data")));
    }

    double step() {
      return training.run(
          training.steps() + 1,
          n ->
              theta -> {
                NDArray x0 = digits.batch(1, n, model.batch()).images();
                return model.loss(model.predictor(theta), Seeds.of(1), n, x0);
              },
          (n, loss) -> {});
    }
  }

  /** With white noise. */
  public static class White extends Model {
    /** DDPM. */
    public White() {
      super(DigitModel.PATCH_DDPM);
    }
  }

  /** With a Gaussian free field. */
  public static class Correlated extends Model {
    /** NI-DDPM. */
    public Correlated() {
      super(DigitModel.PATCH_NI_DDPM);
    }
  }

  /** A training step of DDPM. */
  @Benchmark
  public double stepOfWhite(White model) {
    return model.step();
  }

  /** A training step of NI-DDPM: the same network, batch and data. */
  @Benchmark
  public double stepOfField(Correlated model) {
    return model.step();
  }
}
