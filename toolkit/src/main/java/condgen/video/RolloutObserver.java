package condgen.video;

import ai.djl.ndarray.NDArray;
import condgen.diffusion.SamplerObserver;

/** Sees a roll-out block by block; the arrays live during the call only. */
@FunctionalInterface
public interface RolloutObserver {

  /** Sees nothing. */
  RolloutObserver NONE = (block, blocks, conditioning, frames) -> {};

  /**
   * Called after each block.
   *
   * @param block 1, 2, … in the order in which the blocks are made
   * @param blocks how many there will be
   * @param conditioning what the network saw, (batch, (past + future) · channels, height, width)
   * @param frames the block, (batch, current · channels, height, width)
   */
  void observe(int block, int blocks, NDArray conditioning, NDArray frames);

  /** Who sees the sampler's steps of a block; nobody by default. */
  default SamplerObserver stepsOf(int block, int blocks) {
    return SamplerObserver.NONE;
  }
}
