package condgen.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * A value with an optional tangent and an optional place on a tape.
 *
 * <p>A layer written over {@code Dual} is one body with three uses: without a tangent it is the
 * plain function; with one it carries J·e forward; on a tape it gives Jᵀ·e. All three are ordinary
 * arithmetic, so recording gradients of parameters through them works as usual.
 */
public final class Dual {

  private final NDArray value;
  private final NDArray tangent;
  private final Tape tape;

  private Dual(NDArray value, NDArray tangent, Tape tape) {
    this.value = value;
    this.tangent = tangent;
    this.tape = tape;
  }

  /** A constant: any shape, no tangent. */
  public static Dual of(NDArray value) {
    Arguments.requireOpen(value, "value");
    return new Dual(value, null, null);
  }

  /** A value that moves in the direction {@code tangent}, of the same shape. */
  public static Dual of(NDArray value, NDArray tangent) {
    Arguments.requireSameShape(value, "value", tangent, "tangent");
    return new Dual(value, tangent, null);
  }

  /** The value. */
  public NDArray value() {
    return value;
  }

  /** The tangent, or null when this is constant. */
  public NDArray tangent() {
    return tangent;
  }

  /** Shape of the value. */
  public Shape shape() {
    return value.getShape();
  }

  /** Applies an operator to values, tangents and the tape of its operands. */
  public static Dual apply(Rule rule, Dual... operands) {
    NDArray[] x = new NDArray[operands.length];
    NDArray[] tangents = new NDArray[operands.length];
    boolean moves = false;
    Tape tape = null;
    for (int i = 0; i < operands.length; i++) {
      x[i] = operands[i].value;
      tangents[i] = operands[i].tangent;
      moves |= tangents[i] != null;
      tape = operands[i].tape == null ? tape : operands[i].tape;
    }
    NDArray y = rule.value(x);
    NDArray dy = moves ? rule.jvp(x, y, tangents) : null;
    Dual result = new Dual(y, dy, tape);
    if (tape != null) {
      tape.record(rule, operands, x, result);
    }
    return result;
  }

  /**
   * f(x) and J·e in one forward run.
   *
   * @param f a function written over Dual
   * @param x where, any shape
   * @param e direction, of x's shape
   * @return value and tangent (null if f does not depend on x)
   */
  public static Dual jvp(UnaryOperator<Dual> f, NDArray x, NDArray e) {
    return f.apply(of(x, e));
  }

  /**
   * f(x) and Jᵀ·e by walking the tape backwards.
   *
   * @param f a function written over Dual
   * @param x where, any shape
   * @param e cotangent, of f(x)'s shape
   * @return value f(x); tangent Jᵀ·e, of x's shape
   */
  public static Product vjp(UnaryOperator<Dual> f, NDArray x, NDArray e) {
    Tape tape = new Tape();
    Dual input = new Dual(x, null, tape);
    Dual output = f.apply(input);
    Arguments.requireSameShape(output.value, "f(x)", e, "e");
    NDArray product = tape.pull(output, e, input);
    return new Product(output.value, product == null ? Tensors.zerosLike(x) : product);
  }

  /**
   * A value and a product with its Jacobian.
   *
   * @param value f(x)
   * @param product Jᵀ·e, of x's shape
   */
  public record Product(NDArray value, NDArray product) {}

  /** Sum; shapes broadcast. */
  public Dual add(Dual other) {
    return apply(Arithmetic.ADD, this, other);
  }

  /** Difference; shapes broadcast. */
  public Dual sub(Dual other) {
    return apply(Arithmetic.SUBTRACT, this, other);
  }

  /** Product by element; shapes broadcast. */
  public Dual mul(Dual other) {
    return apply(Arithmetic.MULTIPLY, this, other);
  }

  /** Quotient by element; shapes broadcast. */
  public Dual div(Dual other) {
    return apply(Arithmetic.DIVIDE, this, other);
  }

  /** c times this. */
  public Dual scale(double c) {
    return apply(Arithmetic.MULTIPLY, this, of(Scalars.constant(c, value)));
  }

  /** This plus c. */
  public Dual add(double c) {
    return apply(Arithmetic.ADD, this, of(Scalars.constant(c, value)));
  }

  /** The same elements in another shape. */
  public Dual reshape(long... shape) {
    return apply(new Reshaping(new Shape(shape)), this);
  }

  /** The axes in another order: axis i of the result is axis order[i] of this. */
  public Dual transpose(int... order) {
    return apply(new Transposition(order), this);
  }
}
