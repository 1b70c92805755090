/**
 * Gaussian noise as a covariance: sample, root, inverse root, covariance, precision,
 * log-determinant.
 *
 * <p>Diffusion takes a {@link condgen.noise.GaussianNoise} from the start. Isotropic noise is the
 * case {@link condgen.noise.WhiteNoise}, where every operator is the identity; other covariances
 * change one argument: {@link condgen.noise.DenseNoise} takes any covariance matrix of few numbers,
 * {@link condgen.noise.Spectrum} any stationary covariance of images of one size, and {@link
 * condgen.noise.GaussianFreeField} is the field of chapter 6, for images of any size.
 */
package condgen.noise;
