package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Tensors;
import java.util.List;

/**
 * A table of features, one row per value of a discrete condition.
 *
 * @param rows how many values there are, at least 2
 * @param width features
 */
public record Embedding(int rows, int width) implements Layer {
  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("weight", new Shape(rows, width), Parameter.Initial.normal()));
  }

  /**
   * The rows of some values.
   *
   * @param x (B), whole numbers from 0 to rows − 1
   * @param t ignored
   * @return (B, width)
   */
  @Override
  public Dual apply(NDList theta, Dual x, NDArray t) {
    NDArray values = x.value();
    Arguments.requireShape(values, "x", -1);
    NDArray table = theta.get(0);
    NDArray all = Tensors.linspace(0, rows - 1, rows).toType(values.getDataType(), false);
    NDArray chosen = values.reshape(new Shape(-1, 1)).eq(all.reshape(new Shape(1, rows)));
    return Dual.of(chosen.toType(table.getDataType(), false).matMul(table));
  }
}
