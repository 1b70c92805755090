/**
 * Networks as pure functions.
 *
 * <p>A {@link condgen.nn.Layer} says which parameters it needs (names, shapes, how to start) and
 * maps (parameters, x, t) to an output. It holds no arrays: the parameters are an {@code NDList}
 * that the training loop owns, so the same layer runs with the trained weights, with their moving
 * average, or with the leaves of a gradient. Bodies are written over {@link condgen.tensor.Dual},
 * which gives J·e and Jᵀ·e of every network for free.
 *
 * <p>Start with {@link condgen.nn.Dense}, then {@link condgen.nn.ResidualBlock} and {@link
 * condgen.nn.UNet}.
 */
package condgen.nn;
