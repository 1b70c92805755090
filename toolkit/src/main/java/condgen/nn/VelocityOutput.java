package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Slicing;
import condgen.tensor.Tensors;

/**
 * Turns what a network says into noise: with the network's output F, the noise is √(1 − ᾱ) x_t + √ᾱ
 * F. F then stands for the velocity v = √ᾱ ε − √(1 − ᾱ) x₀ (Salimans and Ho, 2022).
 *
 * <p>At high noise levels the noise is nearly x_t itself. A network that must copy x_t through its
 * features copies it with an error, and the estimate of x₀ multiplies that error by √(1 − ᾱ) / √ᾱ,
 * which is 157 at the last of 1,000 levels. Here x_t goes around the network, and what is left for
 * it is of the size of the data at all levels.
 */
public final class VelocityOutput extends Composite {

  private final Layer inner;
  private final long noisy;
  private final double[] alphaBar;

  /**
   * A network with x_t led around it.
   *
   * @param inner from (B, noisy + others, H, W) to (B, noisy, H, W), and a label
   * @param noisy how many channels, the first ones, are x_t
   * @param alphaBar ᾱ of each label, from label 0
   */
  public VelocityOutput(Layer inner, long noisy, double[] alphaBar) {
    if (noisy < 1 || alphaBar.length < 1) {
      throw new IllegalArgumentException(
          "noisy and the number of labels must be at least 1, but are "
              + noisy
              + " and "
              + alphaBar.length);
    }
    this.inner = part("velocity", inner);
    this.noisy = noisy;
    this.alphaBar = alphaBar.clone();
  }

  /**
   * The noise.
   *
   * @param x (B, noisy + others, H, W)
   * @param t (B), whole labels
   * @return (B, noisy, H, W)
   * @throws IllegalArgumentException for a label without an ᾱ
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    Arguments.requireShape(t, "t", x.shape().get(0));
    double[] labels = Tensors.toDoubles(t);
    double[] signal = new double[labels.length];
    double[] deviation = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      long label = Math.round(labels[i]);
      if (label < 0 || label >= alphaBar.length) {
        throw new IllegalArgumentException(
            "t must be a label from 0 to " + (alphaBar.length - 1) + ", but holds " + labels[i]);
      }
      signal[i] = Math.sqrt(alphaBar[(int) label]);
      deviation[i] = Math.sqrt(1 - alphaBar[(int) label]);
    }
    Dual xt = Slicing.slice(x, 1, 0, noisy, 1);
    Dual velocity = run(inner, theta, x, t);
    return xt.mul(Dual.of(Tensors.perSample(deviation, xt.value())))
        .add(velocity.mul(Dual.of(Tensors.perSample(signal, velocity.value()))));
  }
}
