package condgen.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Dual;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.function.UnaryOperator;

/** tr J = Σᵢ eᵢ·(J eᵢ) over the unit vectors of a sample. */
record ExactDivergence() implements Divergence {

  @Override
  public Estimate at(UnaryOperator<Dual> f, NDArray x, NDArray e) {
    Samples.require(x, "x");
    Shape shape = x.getShape();
    long batch = shape.get(0);
    long size = shape.size() / batch;
    NDArray unit = Tensors.eye((int) size).toType(x.getDataType(), false);
    NDArray value = null;
    NDArray trace = null;
    NDList columns = new NDList();
    for (NDArray row : unit.split(size)) {
      NDArray direction = row.broadcast(new Shape(batch, size)).reshape(shape);
      Dual moved = Dual.jvp(f, x, direction);
      Arguments.requireSameShape(x, "x", moved.value(), "f(x)");
      NDArray column = moved.tangent() == null ? Tensors.zerosLike(x) : moved.tangent();
      NDArray entry = Samples.sum(column.mul(direction));
      value = moved.value();
      trace = trace == null ? entry : trace.add(entry);
      columns.add(column);
    }
    return new Estimate(value, trace, columns);
  }

  @Override
  public NDArray probe(Seeds seeds, long step, NDArray like) {
    return null;
  }
}
