package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.nn.Composite;
import condgen.nn.TimedConv;
import condgen.tensor.Activation;
import condgen.tensor.Arguments;
import condgen.tensor.Concatenation;
import condgen.tensor.Dual;
import condgen.tensor.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * The released field for images: 3×3 convolutions that all see the time as a channel, softplus
 * between them. A conditioning image joins as further channels behind the state's, before the first
 * convolution only. The last convolution's weights start from zero, so a fresh field is nearly
 * constant.
 */
public final class ConvolutionalField extends Composite implements FlowField {

  private static final int[] RELEASED = {64, 64, 64};

  private final int channels;
  private final int conditioning;
  private final List<TimedConv> layers = new ArrayList<>();

  /**
   * The released size: four convolutions, 64 channels between them.
   *
   * @param channels channels of the state
   * @param conditioning channels of the condition, 0 for none
   */
  public ConvolutionalField(int channels, int conditioning) {
    this(channels, conditioning, RELEASED);
  }

  /** Other widths between the convolutions. */
  public ConvolutionalField(int channels, int conditioning, int... hidden) {
    if (channels < 1 || conditioning < 0) {
      throw new IllegalArgumentException(
          "channels must be at least 1 and conditioning at least 0, but are "
              + channels
              + " and "
              + conditioning);
    }
    this.channels = channels;
    this.conditioning = conditioning;
    int width = channels + conditioning;
    for (int i = 0; i <= hidden.length; i++) {
      boolean last = i == hidden.length;
      int next = last ? channels : hidden[i];
      layers.add(part("layers." + i, new TimedConv(width, next, 3, last)));
      width = next;
    }
  }

  /**
   * The slope.
   *
   * @param x (B, channels + conditioning, H, W)
   * @param t 0-d
   * @return (B, channels, H, W)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Dual h = x;
    for (int i = 0; i < layers.size(); i++) {
      h = run(layers.get(i), theta, i == 0 ? h : Activation.SOFTPLUS.apply(h), t);
    }
    return h;
  }

  /** The slope of a field without condition; v is (B, channels, H, W). */
  @Override
  public Dual apply(NDList theta, double t, Dual v) {
    if (conditioning > 0) {
      throw new IllegalArgumentException(
          "condition must have "
              + conditioning
              + " channels, but is missing; use given(condition)");
    }
    return apply(theta, v, Scalars.fresh(t, v.value()));
  }

  /**
   * The field given an image.
   *
   * @param condition (B, conditioning, H, W)
   */
  @Override
  public FlowField given(NDArray condition) {
    Arguments.requireShape(condition, "condition", -1, conditioning, -1, -1);
    return (theta, t, v) -> {
      Arguments.requireShape(v.value(), "v", -1, channels, -1, -1);
      Dual joined = Concatenation.concat(1, v, Dual.of(condition));
      return apply(theta, joined, Scalars.fresh(t, v.value()));
    };
  }
}
