package condgen.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stretch of one thread in which gradients are recorded for some leaves.
 *
 * <p>Recordings nest. The engine's backward pass deposits gradients on every leaf it can reach,
 * those of enclosing recordings too, and frees the graphs it walks through; so an inner pass keeps
 * the graph and wipes the outer leaves afterwards.
 */
final class Recording implements AutoCloseable {

  private static final ThreadLocal<Deque<Recording>> ACTIVE =
      ThreadLocal.withInitial(ArrayDeque::new);

  private final Scope scope = Scope.recording();
  private final NDList leaves = new NDList();

  Recording() {
    ACTIVE.get().push(this);
  }

  Scope scope() {
    return scope;
  }

  /** Detached aliases of arrays that share their memory and collect gradients. */
  NDList leavesOf(NDList arrays) {
    NDList made = new NDList(arrays.size());
    for (NDArray array : arrays) {
      String name = "theta[" + made.size() + "]";
      Arguments.requireOpen(array, name);
      if (!array.getDataType().isFloating()) {
        throw new IllegalArgumentException(
            name + " must be floating point, but is " + array.getDataType());
      }
      NDArray leaf = array.stopGradient();
      leaf.setName(array.getName());
      leaf.setRequiresGradient(true);
      made.add(leaf);
    }
    leaves.addAll(made);
    return made;
  }

  /** Gradients that a backward pass left on leaves; zeros where it left none. */
  static NDList gradientsOf(NDList leaves) {
    NDList gradients = new NDList(leaves.size());
    for (NDArray leaf : leaves) {
      NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
      gradients.add(gradient == null ? Tensors.zerosLike(leaf) : gradient);
    }
    return gradients;
  }

  /**
   * One backward pass from {@code target} with weight 1; no graph of the derivative is made.
   *
   * @throws IllegalArgumentException if target hangs on no graph
   */
  static void backward(NDArray target, Recording current) {
    Deque<Recording> active = ACTIVE.get();
    boolean nested = active.size() > (current == null ? 0 : 1);
    try {
      JniUtils.backward((PtNDArray) target, (PtNDArray) Tensors.onesLike(target), nested, false);
    } catch (EngineException e) {
      if (e.getMessage() != null && e.getMessage().contains("does not require grad")) {
        throw new IllegalArgumentException(
            "the function's result depends on none of the arrays it is differentiated for;"
                + " use the leaves that it is given",
            e);
      }
      throw e;
    }
    for (Recording outer : active) {
      if (outer != current) {
        outer.leaves.forEach(leaf -> JniUtils.zeroGrad((PtNDArray) leaf));
      }
    }
  }

  @Override
  public void close() {
    ACTIVE.get().remove(this);
    scope.close();
  }
}
