package condgen.flow;

import ai.djl.ndarray.NDArray;

/**
 * What the flow of one resolution sees of a batch of images.
 *
 * @param state what it turns into noise: the coarsest image x_S in [0, 1], (B, C, h, w), or the
 *     details y_s, (B, 3C, h, w)
 * @param condition the next coarser image x_{s+1} in [0, 1], (B, C, h, w); null at the coarsest
 */
public record ResolutionInput(NDArray state, NDArray condition) {}
