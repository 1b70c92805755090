package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/**
 * One operator of the engine with arrays of its own: forward, and back to all its operands, with
 * nothing around it.
 */
public final class BareKernel {

  private final NDList operands = new NDList();
  private final Function<NDList, NDArray> operator;
  private final NDArray cotangent;

  /** An operator on random operands of these shapes. */
  public BareKernel(Function<NDList, NDArray> operator, Shape... shapes) {
    this.operator = operator;
    try (Scope scope = Scope.open()) {
      for (Shape shape : shapes) {
        NDArray small = Scalars.scale(Seeds.of(1).normal(operands.size(), shape), 0.1);
        operands.add(Scope.disown(small));
      }
      cotangent = Scope.disown(Tensors.onesLike(operator.apply(operands)));
    }
  }

  /** Forward and back once. */
  public void run() {
    try (Recording recording = new Recording()) {
      NDArray y = operator.apply(recording.leavesOf(operands));
      JniUtils.setGradMode(false);
      JniUtils.backward((PtNDArray) y, (PtNDArray) cotangent, false, false);
    }
  }
}
