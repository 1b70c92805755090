/**
 * The foundation: devices, memory of a step, gradients, seeds, and the operators that know their
 * own Jacobians.
 *
 * <p>This is the only package that touches the engine's own classes. Everywhere else DJL's {@code
 * NDArray} and {@code NDList} are the tensor type, and arrays are made and read back through {@link
 * condgen.tensor.Tensors}.
 *
 * <ul>
 *   <li>{@link condgen.tensor.Devices} chooses the device, pins the threads, tests the engine once.
 *   <li>{@link condgen.tensor.Scope} owns the memory of one step and keeps gradient recording off.
 *   <li>{@link condgen.tensor.Tensors} makes arrays and reads them back; {@link
 *       condgen.tensor.Scalars} multiplies and adds Java numbers in the right type.
 *   <li>{@link condgen.tensor.Gradients} is the only place that switches recording on.
 *   <li>{@link condgen.tensor.Dual} carries a value, an optional tangent and an optional tape
 *       through the operators of {@link condgen.tensor.Rule}, so that J·e and Jᵀ·e are ordinary,
 *       differentiable arithmetic.
 *   <li>{@link condgen.tensor.Seeds} reseeds the engine from (run seed, step).
 * </ul>
 *
 * <p>Two choices that a reader of DJL's manual may wonder about. {@link condgen.tensor.Gradients}
 * does not use the engine's gradient collector: there is one per process and gradients add up in
 * it, while leaves that live for one call nest and need no clearing. {@link condgen.tensor.Scope}
 * collects by thread, not by manager: a result belongs to its first operand's manager, so that a
 * manager of one's own would miss every result whose first operand is a parameter.
 *
 * <p>Start with {@link condgen.tensor.Scope} and {@link condgen.tensor.Gradients}.
 */
package condgen.tensor;
