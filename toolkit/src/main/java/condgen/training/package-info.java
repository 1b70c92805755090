/**
 * Training: the loop in {@link condgen.training.Training} sends each step through named {@link
 * condgen.training.Stages}: gradient, clip by the {@link condgen.training.GradientNorm}, {@link
 * condgen.training.WarmUp}, {@link condgen.training.Adam}, {@link
 * condgen.training.ExponentialMovingAverage}.
 *
 * <p>A {@link condgen.training.Checkpoint} is a safetensors file with hashes, from which a run goes
 * on to the bit on one machine and thread count. PyTorch's own files are not written, since reading
 * one can execute what is in it.
 */
package condgen.training;
