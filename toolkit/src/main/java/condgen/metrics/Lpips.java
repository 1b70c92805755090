package condgen.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.data.ImageResize;
import condgen.data.PerceptualWeights;
import condgen.data.StoredArray;
import condgen.data.StrictLoading;
import condgen.nn.Parameter;
import condgen.tensor.Arguments;
import condgen.tensor.Scalars;
import condgen.tensor.Scope;
import condgen.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * LPIPS: how far apart two frames are in the features of AlexNet, version 0.1, by the protocol of
 * the released code. Frames become RGB bytes (255 x, cut off to whole numbers), are resized to 128
 * × 128 bytes, and normalised. The five rectified outputs are divided by their length over the
 * channels at each pixel; the squared differences are weighted by one learned number a channel,
 * averaged over the pixels, and summed over the five. Equal frames have 0.
 *
 * <p>Both files are published weights: {@code data-downloaders/fetch alexnet lpips}.
 */
public final class Lpips implements FrameMetric, AutoCloseable {

  private static final int SIDE = 128;
  private static final int BATCH = 16;
  private static final double TINY = 1e-10;
  private static final double[] SHIFT = {-.030, -.088, -.188};
  private static final double[] SCALE = {.458, .448, .450};

  private final AlexNetFeatures network = new AlexNetFeatures();
  private final NDList theta;
  private final NDList linear;

  private Lpips(NDList theta, NDList linear) {
    this.theta = theta;
    this.linear = linear;
  }

  /**
   * The metric with the published weights from the user's cache.
   *
   * @throws RuntimeException of the reader if a file is missing, saying how to fetch it, or if it
   *     is another one; see {@link PerceptualWeights}
   */
  public static Lpips load() {
    try {
      return of(PerceptualWeights.alexnet(), PerceptualWeights.linear());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The metric with other weights.
   *
   * @param alexnet {@code features.0.weight} and so on
   * @param linear {@code lin0.model.1.weight} and so on
   * @throws IllegalArgumentException naming what is missing, unexpected or of another shape
   */
  static Lpips of(Map<String, StoredArray> alexnet, Map<String, StoredArray> linear) {
    List<Parameter> weights = new ArrayList<>();
    for (int channels : AlexNetFeatures.channels()) {
      String name = "lin" + weights.size() + ".model.1.weight";
      Shape shape = new Shape(1, channels, 1, 1);
      weights.add(new Parameter(name, shape, Parameter.Initial.ones()));
    }
    List<Parameter> features = new AlexNetFeatures().parameters();
    StrictLoading.requireFit("LPIPS", weights, linear);
    NDList theta = StrictLoading.into("AlexNet", features, alexnet);
    return new Lpips(theta, StrictLoading.into("LPIPS", weights, linear));
  }

  @Override
  public String name() {
    return "LPIPS";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public String preparation() {
    return "frames in [0, 1], as RGB bytes, resized to 128 x 128; AlexNet, linear weights v0.1";
  }

  @Override
  public double[] ofFrames(NDArray predicted, NDArray truth) {
    Arguments.requireSameShape(predicted, "predicted", truth, "truth");
    long[] shape = predicted.getShape().getShape();
    if (shape.length != 4 || (shape[1] != 1 && shape[1] != 3)) {
      throw new IllegalArgumentException(
          "predicted must have shape (any, 1 or 3, any, any), but has " + predicted.getShape());
    }
    double[] distances = new double[(int) shape[0]];
    for (int from = 0; from < distances.length; from += BATCH) {
      int to = Math.min(distances.length, from + BATCH);
      String some = from + ":" + to;
      double[] part = Scope.call(() -> distances(predicted.get(some), truth.get(some)));
      System.arraycopy(part, 0, distances, from, part.length);
    }
    return distances;
  }

  private double[] distances(NDArray predicted, NDArray truth) {
    List<NDArray> x = network.outputs(theta, normalised(predicted));
    List<NDArray> y = network.outputs(theta, normalised(truth));
    NDArray sum = null;
    for (int i = 0; i < x.size(); i++) {
      NDArray difference = unit(x.get(i)).sub(unit(y.get(i)));
      NDArray weighted = difference.mul(difference).mul(linear.get(i));
      NDArray map = weighted.sum(new int[] {1});
      NDArray distance = map.reshape(map.getShape().get(0), -1).mean(new int[] {1});
      sum = sum == null ? distance : sum.add(distance);
    }
    return Tensors.toDoubles(sum);
  }

  /** Divided by the length over the channels. */
  private static NDArray unit(NDArray features) {
    NDArray length = features.mul(features).sum(new int[] {1}, true).sqrt();
    return features.div(Scalars.add(length, TINY));
  }

  /**
   * Frames as the network sees them.
   *
   * @param frames (N, 1 or 3, H, W) in [0, 1]
   * @return (N, 3, 128, 128)
   */
  static NDArray normalised(NDArray frames) {
    Shape shape = frames.getShape();
    int height = (int) shape.get(2);
    int width = (int) shape.get(3);
    int size = height * width;
    int channels = (int) shape.get(1);
    float[] values = Tensors.toFloats(frames);
    float[] seen = new float[(int) shape.get(0) * 3 * SIDE * SIDE];
    for (int plane = 0; plane < shape.get(0) * channels; plane++) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) Math.max(0, Math.min(255, (int) (values[plane * size + i] * 255f)));
      }
      byte[] resized = ImageResize.BILINEAR.apply(bytes, 1, height, width, SIDE, SIDE);
      for (int copy = 0; copy < (channels == 1 ? 3 : 1); copy++) {
        int channel = channels == 1 ? copy : plane % 3;
        int at = (channels == 1 ? plane * 3 + copy : plane) * SIDE * SIDE;
        for (int i = 0; i < resized.length; i++) {
          double unit = 2 * ((resized[i] & 0xff) / 255.0) - 1;
          seen[at + i] = (float) ((unit - SHIFT[channel]) / SCALE[channel]);
        }
      }
    }
    return Tensors.of(seen, new Shape(shape.get(0), 3, SIDE, SIDE));
  }

  /** Frees the weights. */
  @Override
  public void close() {
    Tensors.close(theta);
    Tensors.close(linear);
  }
}
