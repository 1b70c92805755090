package condgen.data;

import ai.djl.ndarray.NDArray;

/**
 * Some images of a data set.
 *
 * @param images (B, C, rows, columns), float32 in [-1, 1]
 * @param labels the class of each, B numbers
 */
public record Minibatch(NDArray images, int[] labels) {}
