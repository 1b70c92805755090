/**
 * Continuous normalizing flows: thesis section 2.3 and chapter 4.
 *
 * <p>Start with {@link condgen.flow.ContinuousFlow}: data to noise and back, log densities, samples
 * and the gradient of maximum likelihood.
 *
 * <pre>{@code
 * var field = new DenseField(2, Activation.TANH, 64, 64);
 * var flow = ContinuousFlow.of(field, Divergence.exact(), ClassicRungeKutta.steps(8));
 * NDList theta = field.initialize(seeds);
 * NDArray logDensity = flow.logDensity(theta, x, null);
 * NDArray drawn = flow.sample(theta, seeds, 0, new Shape(2), 500);
 * }</pre>
 *
 * <ul>
 *   <li>The field: a {@link condgen.flow.FlowField}, such as {@link condgen.flow.DenseField} for
 *       points and {@link condgen.flow.ConvolutionalField} for images.
 *   <li>Its trace: a {@link condgen.flow.Divergence}, exact or by one random direction.
 *   <li>What keeps it easy to solve: a {@link condgen.flow.Regularizer}.
 *   <li>What comes out: a {@link condgen.flow.Passage}.
 * </ul>
 *
 * <p>Several resolutions: a {@link condgen.flow.MultiResolutionFlow}, built from a {@link
 * condgen.flow.MultiResolutionArchitecture}, has one conditional flow per resolution. {@link
 * condgen.flow.Dequantization} makes its inputs out of pictures, {@link
 * condgen.flow.MultiResolutionSampler} draws from coarse to fine, {@link
 * condgen.flow.BitsPerDimension} is the usual measure.
 *
 * <p>Solver and gradient are those of {@code condgen.ode}; only first-order gradients are recorded,
 * since the products with the Jacobian are ordinary arithmetic ({@code condgen.tensor.Dual}).
 */
package condgen.flow;
