package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The only place where gradients are recorded.
 *
 * <p>A function is differentiated at detached copies of its arguments ("leaves") that share their
 * memory and exist only during the call. So nothing adds up between calls, no handle is left on a
 * parameter, parameters need no flag, and one call may run inside another: a vector-Jacobian
 * product inside a training step is an independent graph.
 */
public final class Gradients {

  private Gradients() {}

  /**
   * The value of a loss and its gradients.
   *
   * @param value 0-d
   * @param gradients one per parameter, in order, of the parameter's shape
   */
  public record ValueAndGrad(NDArray value, NDList gradients) implements AutoCloseable {
    /** Frees value and gradients. */
    @Override
    public void close() {
      value.close();
      Tensors.close(gradients);
    }
  }

  /**
   * Value and gradient of a scalar function.
   *
   * @param theta parameters, any shapes, floating point
   * @param loss maps the leaves of theta (same order and shapes) to an array of one element
   * @return value and gradients in the enclosing scope; zeros where the loss does not depend on a
   *     parameter
   * @throws IllegalArgumentException if the loss is not of one element, or depends on no parameter
   */
  public static ValueAndGrad valueAndGrad(NDList theta, Function<NDList, NDArray> loss) {
    try (Recording recording = new Recording()) {
      NDList leaves = recording.leavesOf(theta);
      NDArray value = loss.apply(leaves);
      Arguments.requireOpen(value, "loss");
      if (value.size() != 1) {
        throw new IllegalArgumentException(
            "loss must be a single number, but has shape "
                + value.getShape()
                + "; take its mean or sum");
      }
      JniUtils.setGradMode(false);
      Recording.backward(value, recording);
      Scope scope = recording.scope();
      NDList gradients = scope.keep(Recording.gradientsOf(leaves));
      return new ValueAndGrad(scope.keep(value.stopGradient()), gradients);
    }
  }

  /**
   * Outputs of a function and the product of given vectors with its Jacobian.
   *
   * @param outputs f(at)
   * @param products one per argument: Σᵢ (∂outputᵢ/∂argument)ᵀ · cotangentᵢ
   */
  public record Vjp(NDList outputs, NDList products) implements AutoCloseable {
    /** Frees outputs and products. */
    @Override
    public void close() {
      Tensors.close(outputs);
      Tensors.close(products);
    }
  }

  /**
   * Vector-Jacobian product by reverse mode. It may be called inside a running {@link
   * #valueAndGrad}: its result is then a constant for the outer gradient.
   *
   * @param f maps the leaves of {@code at} to outputs
   * @param at where to differentiate
   * @param cotangents one per output, of its shape
   */
  public static Vjp vjp(UnaryOperator<NDList> f, NDList at, NDList cotangents) {
    try (Recording recording = new Recording()) {
      NDList leaves = recording.leavesOf(at);
      NDList outputs = f.apply(leaves);
      JniUtils.setGradMode(true);
      NDArray product = weightedSum(outputs, cotangents);
      JniUtils.setGradMode(false);
      Recording.backward(product, recording);
      Scope scope = recording.scope();
      NDList products = scope.keep(Recording.gradientsOf(leaves));
      NDList values = new NDList(outputs.size());
      outputs.forEach(output -> values.add(scope.keep(output.stopGradient())));
      return new Vjp(values, products);
    }
  }

  /** True while this thread records a gradient. */
  public static boolean isRecording() {
    Devices.device();
    return JniUtils.isGradMode();
  }

  static NDArray weightedSum(NDList outputs, NDList cotangents) {
    if (outputs.size() != cotangents.size()) {
      throw new IllegalArgumentException(
          "cotangents must be one per output ("
              + outputs.size()
              + "), but are "
              + cotangents.size());
    }
    NDArray total = null;
    for (int i = 0; i < outputs.size(); i++) {
      String name = "cotangents[" + i + "]";
      Arguments.requireSameShape(outputs.get(i), "output " + i, cotangents.get(i), name);
      NDArray term = outputs.get(i).mul(cotangents.get(i)).sum();
      total = total == null ? term : total.add(term);
    }
    return total;
  }
}
