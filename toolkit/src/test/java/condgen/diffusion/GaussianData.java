package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.tensor.Dual;
import condgen.tensor.LinearMap;
import condgen.tensor.Scalars;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;

/** Data of one Gaussian N(m, C) in the plane: its score and density under any diffusion. */
record GaussianData(DiffusionSde sde, double[] mean, double[][] covariance) implements DualScore {

  private DenseNoise spread(double t) {
    double[] flat = new double[4];
    for (int k = 0; k < 4; k++) {
      flat[k] = covariance[k / 2][k % 2];
    }
    NDArray noisy = sde.covariance(Tensors.of(flat, new Shape(2, 2)), t);
    return DenseNoise.of(noisy);
  }

  private NDArray centre(NDArray like, double t) {
    NDArray centre = Tensors.ofDoubles(mean).toType(like.getDataType(), false);
    return Scalars.scale(centre, sde.meanFactor(t));
  }

  @Override
  public Dual at(Dual x, double t) {
    NDArray unit = Tensors.eye(2).toType(x.value().getDataType(), false);
    NDArray precision = Scalars.scale(spread(t).precision(unit), -1);
    return LinearMap.linear(x.sub(Dual.of(centre(x.value(), t))), precision, null);
  }

  /** log p_t of each point, in closed form. */
  NDArray logDensity(NDArray x, double t) {
    DenseNoise spread = spread(t);
    NDArray r = x.sub(centre(x, t));
    NDArray square = r.mul(spread.precision(r)).sum(new int[] {1});
    double constant = 2 * Math.log(2 * Math.PI) + spread.logDeterminant(new Shape(2));
    return Scalars.add(Scalars.scale(square, -0.5), -0.5 * constant);
  }

  /** Draws from p_t. */
  NDArray sample(Seeds seeds, int n, double t) {
    NDArray z = seeds.normal(0, new Shape(n, 2), DataType.FLOAT64);
    return spread(t).sqrt(z).add(centre(z, t));
  }
}
