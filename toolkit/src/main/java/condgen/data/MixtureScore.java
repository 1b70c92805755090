package condgen.data;

import ai.djl.ndarray.NDArray;
import condgen.tensor.Rule;
import condgen.tensor.Scalars;

/**
 * The score of a mixture, s = Σₖ rₖ gₖ with gₖ = pₖ (mₖ − x) and the responsibilities rₖ. Its
 * Jacobian is symmetric: J e = Σₖ rₖ ((gₖ·e − s·e) gₖ − pₖ e).
 *
 * @param means (K, D)
 * @param precisions pₖ, (K)
 * @param constants log wₖ and the constant of the density, (K)
 */
record MixtureScore(NDArray means, NDArray precisions, NDArray constants) implements Rule {

  private static final int[] COMPONENTS = {1};
  private static final int[] COORDINATES = {2};

  private NDArray difference(NDArray x) {
    return means.expandDims(0).sub(x.expandDims(1));
  }

  /** log of weight and density of each component: (n, D) to (n, K). */
  NDArray logJoint(NDArray x) {
    return logJointOf(difference(x));
  }

  private NDArray logJointOf(NDArray difference) {
    NDArray square = difference.mul(difference).sum(COORDINATES);
    return constants.add(Scalars.scale(square.mul(precisions), -0.5));
  }

  @Override
  public NDArray value(NDArray[] x) {
    NDArray difference = difference(x[0]);
    NDArray share = logJointOf(difference).softmax(1).mul(precisions);
    return difference.mul(share.expandDims(2)).sum(COMPONENTS);
  }

  @Override
  public NDArray jvp(NDArray[] x, NDArray y, NDArray[] tangents) {
    return product(x[0], y, tangents[0]);
  }

  @Override
  public NDArray vjp(NDArray[] x, NDArray y, NDArray cotangent, int operand) {
    return product(x[0], y, cotangent);
  }

  private NDArray product(NDArray x, NDArray score, NDArray e) {
    NDArray difference = difference(x);
    NDArray share = logJointOf(difference).softmax(1).mul(precisions);
    NDArray along = difference.mul(e.expandDims(1)).sum(COORDINATES).mul(precisions);
    NDArray change = along.sub(score.mul(e).sum(COMPONENTS, true)).mul(share);
    NDArray turned = difference.mul(change.expandDims(2)).sum(COMPONENTS);
    return turned.sub(e.mul(share.sum(COMPONENTS, true)));
  }
}
