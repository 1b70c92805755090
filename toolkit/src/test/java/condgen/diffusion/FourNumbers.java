package condgen.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import condgen.noise.DenseNoise;
import condgen.noise.GaussianNoise;
import condgen.noise.WhiteNoise;
import condgen.tensor.Tensors;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Samples of four numbers, over commons-math's matrices: what the library's operators are checked
 * against. Two steps with ᾱ₁ = 0.4 and ᾱ₂ = 0.25.
 *
 * @param name in the tests' names
 * @param noise as the library has it
 * @param sigma its covariance
 */
record FourNumbers(String name, GaussianNoise noise, RealMatrix sigma) {

  static final NoiseSchedule SCHEDULE = NoiseSchedule.of(0.6, 0.375);
  static final double[] X0 = {1, -1, 0.5, 0.2};
  static final double[] EPSILON = {0.5, -0.25, 1.1, -0.7};
  static final double[] PREDICTED = {0.2, 0.1, 0.9, -0.4};

  /** The same formulas with Σ = I and with a covariance. */
  static Stream<FourNumbers> both() {
    return Stream.of(white(), correlated());
  }

  static FourNumbers white() {
    return new FourNumbers("white", new WhiteNoise(), MatrixUtils.createRealIdentityMatrix(4));
  }

  static FourNumbers correlated() {
    double[][] sigma = Matrices.four();
    return new FourNumbers("correlated", new DenseNoise(sigma), Matrices.of(sigma));
  }

  ForwardProcess process() {
    return new ForwardProcess(SCHEDULE, noise);
  }

  static RealMatrix rootOf(RealMatrix sigma) {
    return new EigenDecomposition(sigma).getSquareRoot();
  }

  /** √Σ. */
  RealMatrix root() {
    return rootOf(sigma);
  }

  static RealVector vector(double... numbers) {
    return MatrixUtils.createRealVector(numbers);
  }

  static NDArray row(double... numbers) {
    return Tensors.of(numbers, new Shape(1, 4));
  }

  /** √ᾱ_t x₀ + √(1 − ᾱ_t) √Σ ε at t = 2. */
  RealVector noisy() {
    RealVector added = root().operate(vector(EPSILON)).mapMultiply(Math.sqrt(0.75));
    return vector(X0).mapMultiply(0.5).add(added);
  }

  RealMatrix inverse() {
    return Matrices.inverse(sigma);
  }

  @Override
  public String toString() {
    return name;
  }
}
