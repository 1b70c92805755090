package condgen.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;

/**
 * One trainable array of a layer.
 *
 * @param name where it is in the network, such as {@code down.0.conv.weight}
 * @param shape its shape
 * @param initial how it starts
 */
public record Parameter(String name, Shape shape, Initial initial) {

  /** Makes the first value of a parameter. */
  @FunctionalInterface
  public interface Initial {
    /** A float32 array of this shape for a place in a run. */
    NDArray make(Seeds seeds, int place, Shape shape);

    /** Zeros: biases, and last layers that should start silent. */
    static Initial zeros() {
      return (seeds, place, shape) -> Tensors.zeros(shape);
    }

    /** Ones: scales of normalisations. */
    static Initial ones() {
      return (seeds, place, shape) -> Tensors.ones(shape);
    }

    /** Uniform in ±1/√fanIn, for weights and their biases. */
    static Initial fanIn(long fanIn) {
      double bound = 1 / Math.sqrt(fanIn);
      return (seeds, place, shape) -> seeds.uniform(place, -bound, bound, shape);
    }

    /**
     * Uniform with variance 2 · scale / (fanIn + fanOut): the start of the released video models
     * (Glorot and Bengio, 2010, with a scale).
     *
     * @param scale 1 for most layers; near 0 for one that should start silent, yet learn
     */
    static Initial fanAverage(long fanIn, long fanOut, double scale) {
      double bound = Math.sqrt(3 * scale / ((fanIn + fanOut) / 2.0));
      return (seeds, place, shape) -> seeds.uniform(place, -bound, bound, shape);
    }

    /** Standard normal numbers: tables of embeddings. */
    static Initial normal() {
      return (seeds, place, shape) -> seeds.normal(place, shape);
    }
  }

  /** The same parameter inside a larger network. */
  Parameter within(String prefix) {
    return new Parameter(prefix + "." + name, shape, initial);
  }
}
