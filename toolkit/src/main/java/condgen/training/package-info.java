/**
 * Training: {@link condgen.training.Adam}, {@link condgen.training.ExponentialMovingAverage},
 * {@link condgen.training.GradientNorm} and the loop in {@link condgen.training.Training} that
 * strings them together.
 */
package condgen.training;
