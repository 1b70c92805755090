package condgen.data;

import ai.djl.ndarray.NDArray;

/**
 * Where video clips come from: a generator, or windows cut out of a film. What a training loop
 * needs, and no more.
 */
public interface ClipSource {

  /**
   * Clips of one training step. The same arguments give the same bits, on every machine and in
   * every order of calls; clip i does not depend on how many are asked for.
   *
   * @param seed the run
   * @param step the training step, from 0
   * @param batch the number of clips B, at least 1
   * @param frames the number of frames N, at least 1
   * @return (B, N, C, side, side), float32 in [-1, 1]
   */
  NDArray batch(long seed, long step, int batch, int frames);

  /** Height and width of a frame, pixels. */
  int side();

  /** The number of channels C: 1 for grey. */
  int channels();
}
