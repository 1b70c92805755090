/**
 * How far samples are from data, as numbers.
 *
 * <p>Start with {@link condgen.metrics.MaximumMeanDiscrepancy}, for points of few dimensions.
 */
package condgen.metrics;
