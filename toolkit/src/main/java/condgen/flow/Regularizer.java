package condgen.flow;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Scalars;

/**
 * What is integrated along a trajectory to keep it easy to solve: a kinetic energy of the speed and
 * a size of the Jacobian, both per sample.
 *
 * <p>C. Finlay, J.-H. Jacobsen, L. Nurbekyan, A. Oberman, How to train your neural ODE, ICML 2020.
 */
public enum Regularizer {
  /** Nothing is integrated. */
  NONE {
    @Override
    NDArray kinetic(NDArray slope) {
      throw new IllegalStateException("NONE has no kinetic energy");
    }

    @Override
    NDArray jacobian(Divergence.Estimate estimate) {
      throw new IllegalStateException("NONE has no Jacobian");
    }
  },
  /**
   * The thesis's formulas: Σ f² and Σ (Jᵀe)². The forward mode of the divergence has J e instead,
   * which is the same on average, and the exact divergence ‖J‖², that average itself.
   */
  SUM {
    @Override
    NDArray kinetic(NDArray slope) {
      return Samples.sum(slope.mul(slope));
    }

    @Override
    NDArray jacobian(Divergence.Estimate estimate) {
      return estimate.squaredJacobian();
    }
  },
  /** The released code: half the mean of f², and the mean of (Jᵀe)², over a sample's numbers. */
  RELEASED_MEAN {
    @Override
    NDArray kinetic(NDArray slope) {
      return Scalars.scale(SUM.kinetic(slope), 0.5 / Samples.size(slope));
    }

    @Override
    NDArray jacobian(Divergence.Estimate estimate) {
      return Scalars.scale(estimate.squaredJacobian(), 1.0 / Samples.size(estimate.value()));
    }
  };

  /** Rate of the kinetic energy, (batch). */
  abstract NDArray kinetic(NDArray slope);

  /** Rate of the Jacobian's size, (batch). */
  abstract NDArray jacobian(Divergence.Estimate estimate);
}
