package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Scope;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Mean (1, D) and covariance (D, D) of a random sample, and what an affine step does to them: no
 * draws, so no error bars.
 */
record Moments(RealMatrix mean, RealMatrix covariance) {

  /** Mean 0. */
  static Moments centred(RealMatrix covariance) {
    return new Moments(new Array2DRowRealMatrix(1, covariance.getRowDimension()), covariance);
  }

  /**
   * After x → step(x) + independent noise, for a step that is affine in each sample.
   *
   * @param added covariance of the noise
   */
  Moments after(UnaryOperator<NDArray> step, RealMatrix added, Shape sample) {
    int d = (int) sample.size();
    RealMatrix probes = new Array2DRowRealMatrix(d + 2, d); // 0, the mean, the unit vectors
    probes.setRowMatrix(1, mean);
    probes.setSubMatrix(MatrixUtils.createRealIdentityMatrix(d).getData(), 2, 0);
    RealMatrix image = Scope.call(() -> Matrices.of(step.apply(Matrices.samples(probes, sample))));
    RealMatrix map = new Array2DRowRealMatrix(d, d);
    for (int k = 0; k < d; k++) {
      map.setColumnVector(k, image.getRowVector(k + 2).subtract(image.getRowVector(0)));
    }
    RealMatrix spread = map.multiply(covariance).multiply(map.transpose());
    return new Moments(image.getRowMatrix(1), spread.add(added));
  }
}
