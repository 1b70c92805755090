package condgen.ode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import condgen.tensor.Arguments;
import condgen.tensor.Tensors;
import condgen.thesis.Equation;

/**
 * How mean and covariance of a stochastic process move, for a drift that is linear in the state,
 * f(x, t) = A(t) x + b(t), and a diffusion that depends on time alone:
 *
 * <pre>{@code
 * dμ/dt = E[f] = f(μ, t)
 * dΣ/dt = E[f (x − μ)ᵀ] + E[(x − μ) fᵀ] + E[G Gᵀ] = A Σ + Σ Aᵀ + G Gᵀ
 * }</pre>
 *
 * <p>An ordinary differential equation over the two arrays μ and Σ, for {@link Ode}. With D numbers
 * a sample they have the shapes (1, D) and (D, D), or, where the process asks for the shape of its
 * samples, (1, sample...) and (D, sample...): row i of Σ holds the covariances of number i with
 * all. Simo Särkkä and Arno Solin, Applied Stochastic Differential Equations, 2019, equations 5.50
 * and 5.51.
 *
 * @param process drift and diffusion; they see batches of samples
 */
@Equation({"6.3.19", "6.3.20"})
public record LinearMoments(StochasticDynamics process) implements Dynamics {

  /**
   * dμ/dt and dΣ/dt.
   *
   * @param t time
   * @param moments μ (1, sample...) and Σ (D, sample...)
   */
  @Override
  @Equation({"2.4.52", "2.4.53", "2.5.16", "2.5.17"})
  public NDList apply(double t, NDList moments) {
    NDArray mean = moments.get(0);
    NDArray covariance = moments.get(1);
    Shape sample = mean.getShape().slice(1);
    long d = sample.size();
    Arguments.requireShape(mean, "mean", new Shape(1).addAll(sample).getShape());
    Shape rows = new Shape(d).addAll(sample);
    Arguments.requireShape(covariance, "covariance", rows.getShape());
    NDArray slope = process.drift(t, mean);
    // Row j is A times column j of the symmetric covariance.
    NDArray pull = process.drift(t, covariance.add(mean)).sub(slope).reshape(d, d);
    NDArray unit = Tensors.eye((int) d).toType(mean.getDataType(), false).reshape(rows);
    NDArray spread = process.diffusion(t, unit, unit).reshape(d, d);
    NDArray growth = spread.transpose().matMul(spread);
    return new NDList(slope, pull.add(pull.transpose()).add(growth).reshape(rows));
  }
}
