package condgen.training;

import ai.djl.ndarray.NDList;
import java.util.Map;

/** One stage of a training step: gradient, clip, schedule, optimiser or average. */
@FunctionalInterface
public interface Stage {

  /** Does its part of the step. */
  void apply(TrainingStep step);

  /**
   * Arrays that the stage keeps from step to step, by a name for each group; a checkpoint saves
   * them and puts their values back.
   */
  default Map<String, NDList> state() {
    return Map.of();
  }

  /** Told, after the arrays were put back, how many steps had been taken. */
  default void resumed(long steps) {}
}
