/**
 * How far samples are from data, as numbers.
 *
 * <p>Start with {@link condgen.metrics.FrechetDistance} and {@link condgen.metrics.PrecisionRecall}
 * for images, in the features of a {@link condgen.metrics.FeatureNetwork}; with {@link
 * condgen.metrics.MaximumMeanDiscrepancy} for points of few dimensions.
 */
package condgen.metrics;
